import type { FileHandle } from 'node:fs/promises';

/** Size and type; a size of 1 says that eight more bytes hold it. */
const headerBytes = 16;

/**
 * Says whether the boxes of an mp4 add up to the file's size. It is how a cut shows when the
 * connection's end was all that ended the body: even a reset passes for an end then.
 */
export const areBoxesWhole = async (file: FileHandle, fileBytes: number): Promise<boolean> => {
  const header = Buffer.alloc(headerBytes);
  let offset = 0;
  while (offset < fileBytes) {
    const { bytesRead } = await file.read(header, 0, headerBytes, offset);
    const boxBytes = readBoxBytes(header.subarray(0, bytesRead));
    // The last box may leave its size out.
    if (boxBytes === 0) return true;
    if (boxBytes === undefined) return false;
    offset += boxBytes;
  }
  return offset === fileBytes;
};

const readBoxBytes = (header: Buffer): number | undefined => {
  if (header.length < 8) return undefined;
  const size = header.readUInt32BE(0);
  if (size === 0 || size >= 8) return size;
  if (size !== 1 || header.length < headerBytes) return undefined;
  const large = Number(header.readBigUInt64BE(8));
  return large >= headerBytes ? large : undefined;
};
