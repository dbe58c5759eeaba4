import type { Layout, Part } from './layout.ts';

/** Discord's limit for the components of a message, nested ones included. */
const MAX_COMPONENTS = 40;

/** Which parts have room before others. */
const RANKS: Readonly<Record<Part['kind'], 'first' | 'second' | 'last'>> = {
  row: 'first',
  picture: 'first',
  file: 'first',
  text: 'second',
  lines: 'last',
  divider: 'last',
};

/** A part, and in which block of the layout it is. */
export interface Piece {
  readonly block: number;
  readonly part: Part;
}

/**
 * The parts of a layout for which there is room, in its order, and files that it does not show after
 * them. No list is shown after one that has no room. One component is kept free for a note.
 */
export function fitComponents({ blocks }: Layout, files: readonly string[]): readonly Piece[] {
  const pieces: Piece[] = blocks.flatMap((block, index) => {
    const parts = block.kind === 'frame' ? block.parts : [block];
    return parts.map((part) => ({ block: index, part }));
  });
  const shown = new Set(pieces.flatMap(({ part }) => ('file' in part ? [part.file] : [])));
  const others = files.filter((file) => !shown.has(file));
  pieces.push(
    ...others.map((file, index): Piece => {
      return { block: blocks.length + index, part: { kind: 'file', file } };
    }),
  );
  const kept = new Set<Piece>();
  const begun = new Set<number>();
  let room = MAX_COMPONENTS - 1;
  const keep = (piece: Piece): boolean => {
    const isFirst = blocks[piece.block]?.kind === 'frame' && !begun.has(piece.block);
    const cost = costOf(piece.part) + (isFirst ? 1 : 0);
    if (cost > room) return false;
    room -= cost;
    begun.add(piece.block);
    kept.add(piece);
    return true;
  };
  for (const rank of ['first', 'second'] as const) {
    for (const piece of pieces) if (RANKS[piece.part.kind] === rank) keep(piece);
  }
  for (const piece of pieces) if (RANKS[piece.part.kind] === 'last' && !keep(piece)) break;
  return pieces.filter((piece) => kept.has(piece));
}

/** How many components a part is. */
function costOf(part: Part): number {
  return part.kind === 'row' ? 1 + part.row.length : 1;
}
