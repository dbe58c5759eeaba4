import type { IncomingMessage } from 'node:http';
import { parseContentLength } from '../fetch-result.ts';
import type { ReadAt } from '../mp4-boxes.ts';
import { discardBody } from '../take-answer.ts';

/** The file will never say its length. One object for all, because its stack is never read. */
export const UNREADABLE = new Error('the file is unreadable');

/** A file that is read in parts. */
export interface FileParts {
  /** In bytes. */
  readonly size: number;
  readonly readAt: ReadAt;
}

/** Gets the bytes of a file from the first to the last. */
export type GetPart = (part: {
  readonly first: number;
  readonly last: number;
}) => Promise<IncomingMessage>;

/** What one request asks for: in most files the first one has all that is needed, or the last. */
const BLOCK_BYTES = 64 * 1024;
/** The requests for one file. A movie's header is found in two or three. */
const MAX_REQUESTS = 12;
/** What one file may cost if its server sends all of it for each part. */
const MAX_BYTES = 64 * 1024 * 1024;

interface Block {
  readonly start: number;
  readonly content: Buffer;
  readonly size: number;
}

/**
 * Opens a file behind an address, of which a few blocks are read. Throws `UNREADABLE` if the server
 * refuses it, says something impossible, or the file needs too many requests; any other error is
 * temporary.
 */
export async function openFileParts(getPart: GetPart): Promise<FileParts> {
  const left = { requests: MAX_REQUESTS, bytes: MAX_BYTES };

  async function blockAt(start: number): Promise<Block> {
    if (left.requests === 0) throw UNREADABLE;
    left.requests -= 1;
    const response = await getPart({ first: start, last: start + BLOCK_BYTES - 1 });
    try {
      const { from, size } = rangeOf(response, start);
      return { start, content: await readBlock(response, start - from, left), size };
    } finally {
      discardBody(response);
    }
  }

  let block = await blockAt(0);
  const { size } = block;
  return {
    size,
    async readAt(offset, length) {
      const end = Math.min(offset + length, size);
      if (!isIn(block, offset, end)) block = await blockAt(offset);
      return block.content.subarray(offset - block.start, end - block.start);
    },
  };
}

function isIn({ start, content }: Block, offset: number, end: number): boolean {
  return offset >= start && end <= start + content.length;
}

/** From which byte on the answer has the file, and the size of the file. */
function rangeOf(
  { statusCode = 0, headers }: IncomingMessage,
  start: number,
): { readonly from: number; readonly size: number } {
  if (statusCode === 206) {
    const [, first, total] = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15})$/i.exec(
      headers['content-range'] ?? '',
    ) ?? ['', ''];
    if (first !== String(start)) throw UNREADABLE;
    return { from: start, size: Number(total) };
  }
  if (statusCode === 200) {
    const size = parseContentLength(headers['content-length']);
    if (size === undefined) throw UNREADABLE;
    return { from: 0, size };
  }
  const isTemporary = statusCode >= 500 || statusCode === 408 || statusCode === 429;
  throw isTemporary ? new Error(`status ${statusCode}`) : UNREADABLE;
}

/** One block of a body, after `skipped` bytes of it. */
async function readBlock(
  body: AsyncIterable<Buffer>,
  skipped: number,
  left: { bytes: number },
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let received = 0;
  for await (const chunk of body) {
    left.bytes -= chunk.length;
    if (left.bytes < 0) throw UNREADABLE;
    chunks.push(chunk.subarray(Math.max(0, skipped - received)));
    received += chunk.length;
    if (received >= skipped + BLOCK_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, BLOCK_BYTES);
}
