import type { APIButtonComponent, APISelectMenuComponent } from 'discord.js';

/** At most five buttons, or one select. */
export type Row = readonly (APIButtonComponent | APISelectMenuComponent)[];

/** Text that is always shown. */
interface TextPart {
  readonly kind: 'text';
  readonly text: string;
}

/** Lines below a title, as many as there is room for; how many are left out is said. */
export interface LinesPart {
  readonly kind: 'lines';
  readonly title?: string;
  readonly lines: readonly string[];
  /** How many more there are than these. */
  readonly beyond?: number;
}

/** A thin line between what is above and below it. */
interface DividerPart {
  readonly kind: 'divider';
}

/** A picture that is sent with the message, by its file name. */
export interface PicturePart {
  readonly kind: 'picture';
  readonly file: string;
  /** What it shows, for those who cannot see it: at most 1024 characters. */
  readonly description: string;
}

/** A file that is sent with the message, by its name. */
interface FilePart {
  readonly kind: 'file';
  readonly file: string;
}

interface RowPart {
  readonly kind: 'row';
  readonly row: Row;
}

export type Part = TextPart | LinesPart | DividerPart | PicturePart | FilePart | RowPart;

/** Parts in a box. */
export interface Frame {
  readonly kind: 'frame';
  /** The colour of its edge, `0xRRGGBB`. */
  readonly accent?: number;
  readonly parts: readonly Part[];
}

/** An answer made of Discord's Components V2, of any size: what has no room is left out. */
export interface Layout {
  readonly blocks: readonly (Frame | Part)[];
  /** Says how many lines are left out. */
  readonly more: (left: number) => string;
}
