import { open, rename, type FileHandle } from 'node:fs/promises';
import { createFault } from './fetch-fault.ts';
import type { FetchResult } from './fetch-result.ts';
import { areBoxesWhole } from './mp4-boxes.ts';
import { removeFile } from './remove-file.ts';
import { sniffMp4 } from './sniff-mp4.ts';

interface SaveInput {
  readonly body: AsyncIterable<Buffer>;
  readonly toPath: string;
  readonly maxBytes: number;
  /** The Content-Length, or the size from Content-Range. */
  readonly declaredBytes: number | undefined;
  /**
   * A body that has no declared length and is not chunked ends with the connection, complete or
   * not.
   */
  readonly isChunked: boolean;
}

type SaveResult = Extract<FetchResult, { kind: 'saved' | 'too-large' | 'not-mp4' }>;

/**
 * Streams a body to a file, if it is an mp4 of at most `maxBytes`. The file gets its name only when
 * it is complete. Errors are thrown and leave no file behind.
 */
export async function saveVideo(input: SaveInput): Promise<SaveResult> {
  const chunks = input.body[Symbol.asyncIterator]();
  const partPath = `${input.toPath}.part`;
  let isKept = false;
  try {
    const head = await readHead(chunks, input);
    if (head === undefined) return { kind: 'not-mp4' };
    if (Math.max(head.length, input.declaredBytes ?? 0) > input.maxBytes) return tooLarge(input);
    const bytes = await writePart(partPath, head, chunks, input);
    if (bytes > input.maxBytes) return tooLarge(input);
    await rename(partPath, input.toPath);
    isKept = true;
    return { kind: 'saved', path: input.toPath, bytes };
  } finally {
    if (!isKept) await removeFile(partPath);
    await chunks.return?.();
  }
}

const tooLarge = ({ declaredBytes }: SaveInput): SaveResult =>
  declaredBytes === undefined ? { kind: 'too-large' } : { kind: 'too-large', bytes: declaredBytes };

/**
 * Reads until it is clear whether this is an mp4, and returns the bytes read; `undefined` if it is
 * not one. Nothing is written before that.
 */
async function readHead(
  chunks: AsyncIterator<Buffer>,
  { declaredBytes }: SaveInput,
): Promise<Buffer | undefined> {
  let head: Buffer = Buffer.alloc(0);
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    head = Buffer.concat([head, next.value]);
    const verdict = sniffMp4(head);
    if (verdict !== 'need-more') return verdict === 'mp4' ? head : undefined;
  }
  // Without a length the body may have been cut before the type could be detected.
  if (declaredBytes === undefined) throw createFault('BODY_CUT');
  return undefined;
}

/** Writes a body up to the first chunk past the limit; returns the number of bytes received. */
async function writePart(
  path: string,
  head: Buffer,
  chunks: AsyncIterator<Buffer>,
  { declaredBytes, isChunked, maxBytes }: SaveInput,
): Promise<number> {
  const file = await open(path, 'w+', 0o600);
  try {
    await writeWhole(file, head);
    const bytes = await writeRest(file, chunks, head.length, maxBytes);
    if (bytes > maxBytes) return bytes;
    const isWhole =
      declaredBytes === undefined
        ? isChunked || (await areBoxesWhole(file, bytes))
        : bytes === declaredBytes;
    if (!isWhole) throw createFault('BODY_CUT');
    // After a power failure the final name must not exist without its content.
    await file.sync();
    return bytes;
  } finally {
    await file.close();
  }
}

/** Writes one chunk before it reads the next. */
async function writeRest(
  file: FileHandle,
  chunks: AsyncIterator<Buffer>,
  startBytes: number,
  maxBytes: number,
): Promise<number> {
  let bytes = startBytes;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    bytes += next.value.length;
    if (bytes > maxBytes) return bytes;
    await writeWhole(file, next.value);
  }
  return bytes;
}

/**
 * Appends all bytes. The system may write fewer than requested, especially when the disk is almost
 * full.
 */
async function writeWhole(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, at);
    at += bytesWritten;
  }
}
