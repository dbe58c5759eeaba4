import { shorten } from '../render/escape-user-text.ts';
import type { Layout, LinesPart } from './layout.ts';
import type { Piece } from './fit-components.ts';

/** Discord's limit for all texts of a message together, in UTF-16 units. */
const MAX_CHARS = 4000;
/** Of these, what is always shown may take so many where there are lines as well. */
const FIXED_MAX_CHARS = 3000;
/** Kept free for the note on lines that are not shown at all. */
const NOTE_MAX_CHARS = 100;

/** The texts of the pieces that have one. */
export interface FittedTexts {
  readonly of: ReadonlyMap<Piece, string>;
  /** How many lines are not shown. */
  readonly left: number;
  /** Says how many lines there are besides those of the pieces that are shown. */
  readonly note: string | undefined;
}

/**
 * The texts of a layout's pieces within Discord's limit. Every list has at least its title and the
 * note on what is left out; then the first ones take what room they need.
 *
 * @param unshown the lines of the lists that are not among the pieces
 */
export function fitTexts(
  pieces: readonly Piece[],
  unshown: number,
  more: Layout['more'],
): FittedTexts {
  const texts = new Map<Piece, string>();
  const lists = pieces.flatMap((piece) => (piece.part.kind === 'lines' ? [piece] : []));
  const hasLists = lists.length > 0 || unshown > 0;
  let room = MAX_CHARS;
  let fixedRoom = hasLists ? FIXED_MAX_CHARS : MAX_CHARS;
  for (const piece of pieces) {
    if (piece.part.kind !== 'text') continue;
    const text = fixedRoom === 0 ? '' : shorten(piece.part.text, fixedRoom);
    if (text !== '') texts.set(piece, text);
    fixedRoom -= text.length;
    room -= text.length;
  }
  room -= NOTE_MAX_CHARS;
  const { kept, dropped } = keptLists(lists, room, more);
  let reserved = kept.reduce((sum, { least }) => sum + least, 0);
  let left = 0;
  for (const { piece, part, least } of kept) {
    reserved -= least;
    const fitted = fitList(part, room - reserved, more);
    if (fitted.text !== '') texts.set(piece, fitted.text);
    room -= fitted.text.length;
    left += fitted.left;
  }
  const elsewhere = unshown + dropped;
  const note = elsewhere === 0 ? undefined : shorten(more(elsewhere), NOTE_MAX_CHARS);
  return { of: texts, left: left + elsewhere, note };
}

/** How many lines a list stands for. */
export function sizeOf({ lines, beyond = 0 }: LinesPart): number {
  return lines.length + beyond;
}

interface KeptList {
  readonly piece: Piece;
  readonly part: LinesPart;
  /** The room that it needs without a line. */
  readonly least: number;
}

/** The first lists that have room for their titles and notes; how many lines the others have. */
function keptLists(lists: readonly Piece[], room: number, more: Layout['more']) {
  const kept: KeptList[] = [];
  let dropped = 0;
  let left = room;
  for (const piece of lists) {
    const { part } = piece;
    if (part.kind !== 'lines') continue;
    const least = listText(part, 0, more).length;
    const isKept = dropped === 0 && least <= left;
    if (isKept) kept.push({ piece, part, least });
    else dropped += sizeOf(part);
    left -= least;
  }
  return { kept, dropped };
}

/** As many lines of a list as have room: none, at least. */
function fitList(part: LinesPart, room: number, more: Layout['more']) {
  const { lines } = part;
  let shown = 0;
  let length = part.title?.length ?? 0;
  while (shown < lines.length && length <= room) {
    length += (lines[shown]?.length ?? 0) + 1;
    shown += 1;
  }
  while (shown > 0 && listText(part, shown, more).length > room) shown -= 1;
  return { text: listText(part, shown, more), left: sizeOf(part) - shown };
}

function listText(part: LinesPart, shown: number, more: Layout['more']): string {
  const left = sizeOf(part) - shown;
  return [
    ...(part.title === undefined ? [] : [part.title]),
    ...part.lines.slice(0, shown),
    ...(left > 0 ? [more(left)] : []),
  ].join('\n');
}
