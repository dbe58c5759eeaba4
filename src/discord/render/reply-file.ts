import { Readable, pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { ReplyFile } from '../rest/multipart.ts';

/** A larger file is compressed, even where Discord would accept it: until then it is in memory. */
export const PLAIN_MAX_BYTES = 4 * 1_048_576;
/** A compressed file is not made larger, even where Discord would accept it. */
export const PACKED_MAX_BYTES = 20 * 1_048_576;

const PIECE_CHARS = 65_536;

export interface FileOptions {
  readonly name: string;
  readonly contentType: string;
  /** What Discord accepts here, in bytes. */
  readonly maxBytes: number;
}

/**
 * Makes a file of texts as they come, without ever holding more of it than one of the two limits:
 * plain, or with gzip and `.gz` at the end of its name. `undefined` if it is too large even then.
 * Rejects if `texts` does.
 */
export async function replyFile(
  texts: AsyncIterable<string>,
  { name, contentType, maxBytes }: FileOptions,
): Promise<ReplyFile | undefined> {
  const source = inPieces(texts);
  const plainMax = Math.min(maxBytes, PLAIN_MAX_BYTES);
  const head: Buffer[] = [];
  let bytes = 0;
  while (bytes <= plainMax) {
    const next = await source.next();
    if (next.done === true) return { name, contentType, parts: head };
    bytes += next.value.length;
    head.push(next.value);
  }
  const packed = await pack(continued(head, source), Math.min(maxBytes, PACKED_MAX_BYTES));
  if (packed === undefined) return undefined;
  return { name: `${name}.gz`, contentType: 'application/gzip', parts: packed };
}

/** Small texts are joined: each piece costs a call when it is compressed. */
async function* inPieces(texts: AsyncIterable<string>): AsyncGenerator<Buffer, void, undefined> {
  let text = '';
  for await (const more of texts) {
    text += more;
    if (text.length < PIECE_CHARS) continue;
    yield Buffer.from(text, 'utf8');
    text = '';
  }
  yield Buffer.from(text, 'utf8');
}

async function* continued(
  head: Buffer[],
  rest: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer, void, undefined> {
  // Removed from the list as they are compressed.
  for (let piece = head.shift(); piece !== undefined; piece = head.shift()) yield piece;
  yield* rest;
}

/** A small file of a text in memory. */
export function textFile(name: string, text: string): ReplyFile {
  return { name, contentType: 'text/plain', parts: [Buffer.from(text, 'utf8')] };
}

/** Node compresses outside of the event loop. */
async function pack(
  source: AsyncIterable<Buffer>,
  maxBytes: number,
): Promise<Buffer[] | undefined> {
  // An error of the source destroys the compressed stream with it, so the loop below throws it.
  const stream = pipeline(Readable.from(source, { objectMode: false }), createGzip(), () => {});
  const chunks: AsyncIterable<Buffer> = stream;
  const packed: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes) return undefined;
    packed.push(chunk);
  }
  return packed;
}
