import type {
  APIComponentInContainer,
  APIContainerComponent,
  APIMessageTopLevelComponent,
} from 'discord.js';
import { ComponentType } from '../discord-js.ts';
import { fitComponents } from './fit-components.ts';
import type { Piece } from './fit-components.ts';
import { fitTexts, sizeOf } from './fit-texts.ts';
import type { Layout, LinesPart, Part } from './layout.ts';

export interface RenderedLayout {
  readonly components: readonly APIMessageTopLevelComponent[];
  /** How many lines are left out. */
  readonly left: number;
}

/**
 * A layout as Discord's Components V2, within their limits. Discord shows a file only where a
 * component names it, so each of these files that the layout does not show stands at the end.
 */
export function renderLayout(layout: Layout, files: readonly string[] = []): RenderedLayout {
  const pieces = fitComponents(layout, files);
  const shown = new Set(pieces.map(({ part }) => part));
  const unshown = listsOf(layout)
    .filter((part) => !shown.has(part))
    .reduce((sum, part) => sum + sizeOf(part), 0);
  const texts = fitTexts(pieces, unshown, layout.more);
  const blocks = new Map<number, Piece[]>();
  for (const piece of pieces) {
    blocks.set(piece.block, [...(blocks.get(piece.block) ?? []), piece]);
  }
  const components = [...blocks]
    .toSorted(([one], [other]) => one - other)
    .flatMap(([index, inBlock]): APIMessageTopLevelComponent[] => {
      const inner = withoutLooseDividers(inBlock, texts.of).map((piece) =>
        componentOf(piece.part, texts.of.get(piece) ?? ''),
      );
      const block = layout.blocks[index];
      if (block?.kind !== 'frame' || inner.length === 0) return inner;
      return [frameOf(block.accent, inner)];
    });
  const note = texts.note === undefined ? [] : [textOf(texts.note)];
  return { components: [...components, ...note], left: texts.left };
}

function listsOf({ blocks }: Layout): LinesPart[] {
  return blocks
    .flatMap((block): readonly Part[] => (block.kind === 'frame' ? block.parts : [block]))
    .filter((part) => part.kind === 'lines');
}

/** Leaves out texts that have no room, and dividers that have nothing to divide. */
function withoutLooseDividers(
  pieces: readonly Piece[],
  texts: ReadonlyMap<Piece, string>,
): readonly Piece[] {
  return pieces
    .filter((piece) => !isText(piece.part) || texts.has(piece))
    .filter((piece, index, all) => !isDivider(piece) || !isDivider(all[index + 1]))
    .filter((piece, index, all) => !isDivider(piece) || (index > 0 && index < all.length - 1));
}

function isDivider(piece: Piece | undefined): boolean {
  return piece?.part.kind === 'divider';
}

function isText({ kind }: Part): boolean {
  return kind === 'text' || kind === 'lines';
}

function componentOf(part: Part, text: string): APIComponentInContainer {
  switch (part.kind) {
    case 'text':
    case 'lines':
      return textOf(text);
    case 'divider':
      return { type: ComponentType.Separator, divider: true };
    case 'picture': {
      const { file, description } = part;
      const media = { url: `attachment://${file}` };
      return { type: ComponentType.MediaGallery, items: [{ media, description }] };
    }
    case 'file':
      return { type: ComponentType.File, file: { url: `attachment://${part.file}` } };
    case 'row':
      return { type: ComponentType.ActionRow, components: [...part.row] };
  }
}

function textOf(content: string): APIComponentInContainer & APIMessageTopLevelComponent {
  return { type: ComponentType.TextDisplay, content };
}

function frameOf(
  accent: number | undefined,
  components: APIComponentInContainer[],
): APIContainerComponent {
  return {
    type: ComponentType.Container,
    components,
    ...(accent === undefined ? {} : { accent_color: accent }),
  };
}
