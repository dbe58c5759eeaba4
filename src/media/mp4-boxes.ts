/** Reads up to `length` bytes at an offset; fewer at the end. */
export type ReadAt = (offset: number, length: number) => Promise<Buffer>;

/** More top-level boxes are an attack: files of any tool have a few, fragmented ones some hundred. */
const MAX_BOXES = 4096;

/** Size and type. A size of 1 means that the next eight bytes hold it. */
const headerBytes = 16;

/**
 * Whether the boxes of an mp4 add up to the file's size. This detects a truncated file if the body
 * had no length and ended with the connection, where even a reset looks like a regular end. A file
 * with thousands of boxes counts as truncated: each costs a read.
 */
export async function areBoxesWhole(readAt: ReadAt, fileBytes: number): Promise<boolean> {
  let offset = 0;
  for (let boxes = 0; offset < fileBytes; boxes += 1) {
    if (boxes === MAX_BOXES) return false;
    const boxBytes = readBoxBytes(await readAt(offset, headerBytes));
    // The last box may have size 0, meaning "to the end of the file".
    if (boxBytes === 0) return true;
    if (boxBytes === undefined) return false;
    offset += boxBytes;
  }
  return offset === fileBytes;
}

/**
 * The size that a box's header says; 0 for "to the end", `undefined` if it is cut or impossible.
 */
export function readBoxBytes(header: Buffer): number | undefined {
  if (header.length < 8) return undefined;
  const size = header.readUInt32BE(0);
  if (size === 0 || size >= 8) return size;
  if (size !== 1 || header.length < headerBytes) return undefined;
  const large = Number(header.readBigUInt64BE(8));
  return large >= headerBytes ? large : undefined;
}
