import { readBoxBytes } from './mp4-boxes.ts';
import type { ReadAt } from './mp4-boxes.ts';

/** A part of an mp4: its type and where its content is, in bytes from the file's start. */
export interface Mp4Box {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Size and type; 16 with the size in eight more bytes. */
const HEADER_BYTES = 8;
const LARGE_HEADER_BYTES = 16;

/**
 * How many box headers of one file are read at most. The boxes down to the codec are under fifty in
 * files of any tool; more is a fragmented file without its table, or an attack.
 */
const MAX_HEADERS = 500;

/** Reads boxes of one file, within a budget that all calls share. */
export interface BoxReader {
  /** The boxes between two offsets, up to the first damaged one or the end of the budget. */
  boxesIn(from: number, to: number): AsyncGenerator<Mp4Box>;
}

/** The file may be hostile: sizes are checked against the box around, and reads are counted. */
export function createBoxReader(readAt: ReadAt): BoxReader {
  let left = MAX_HEADERS;

  async function boxAt(start: number, to: number): Promise<Mp4Box | undefined> {
    left -= 1;
    const header = await readAt(start, LARGE_HEADER_BYTES);
    const size = readBoxBytes(header);
    if (size === undefined) return undefined;
    const headerBytes = header.readUInt32BE(0) === 1 ? LARGE_HEADER_BYTES : HEADER_BYTES;
    // The last box may have size 0, meaning "to the end".
    const end = size === 0 ? to : start + size;
    if (end > to) return undefined;
    return { type: header.toString('latin1', 4, 8), start: start + headerBytes, end };
  }

  return {
    async *boxesIn(from, to) {
      let start = from;
      while (start < to && left > 0) {
        const box = await boxAt(start, to);
        if (box === undefined) return;
        yield box;
        start = box.end;
      }
    },
  };
}

/** The first box of a type within another, or within a whole file. */
export async function firstBox(
  reader: BoxReader,
  type: string,
  { start, end }: Pick<Mp4Box, 'start' | 'end'>,
): Promise<Mp4Box | undefined> {
  for await (const box of reader.boxesIn(start, end)) {
    if (box.type === type) return box;
  }
  return undefined;
}
