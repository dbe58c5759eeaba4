import { pipeline, Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** The bytes of a body, as they come. */
export type BodyBytes = AsyncIterable<Uint8Array>;

type Encoding = 'gzip' | 'br' | 'deflate';

const names: ReadonlyMap<string, Encoding> = new Map([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['br', 'br'],
  ['deflate', 'deflate'],
]);

/**
 * The encoding that a body needs to be decoded from; `undefined` if there is none, or none that can
 * be decoded. Several at once count as none: no server sends them, and each could be a bomb.
 */
export const encodingOf = (contentEncoding: string | undefined): Encoding | undefined =>
  names.get((contentEncoding ?? '').trim().toLowerCase());

/**
 * Decodes a body that a server compressed although it was asked not to. Memory stays bounded,
 * however much comes out; the caller limits that by ending the iteration, which ends the body too.
 * Rejects with the body's own error, or with zlib's where it is damaged or ends too early.
 */
export async function* decodeBody(
  body: BodyBytes,
  encoding: Encoding,
): AsyncGenerator<Buffer, void, void> {
  const chunks = body[Symbol.asyncIterator]();
  const head = await readHead(chunks);
  const whole = Readable.from(continued(head, chunks), { objectMode: false });
  const decoder = decoderFor(encoding, head);
  if (decoder === undefined) {
    yield* asBuffers(whole);
    return;
  }
  // The callback keeps an error, which the decoder throws below, from being unhandled.
  pipeline(whole, decoder, () => undefined);
  yield* asBuffers(decoder);
}

/** Enough to see the header of gzip or zlib. */
const HEAD_BYTES = 2;

async function readHead(chunks: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < HEAD_BYTES) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  return head;
}

/** The head and what follows; ending it early ends the body. */
async function* continued(
  head: Buffer,
  chunks: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    if (head.length > 0) yield head;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      yield next.value;
    }
  } finally {
    await chunks.return?.();
  }
}

/** `undefined` for a body that only claims to be compressed. */
function decoderFor(encoding: Encoding, head: Buffer): Transform | undefined {
  switch (encoding) {
    case 'br':
      return createBrotliDecompress();
    case 'gzip':
      // A body that ends within the header is a cut one.
      return GZIP_MAGIC.subarray(0, head.length).equals(head.subarray(0, HEAD_BYTES))
        ? createGunzip()
        : undefined;
    case 'deflate':
      return isZlib(head) ? createInflate() : createInflateRaw();
  }
}

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** `deflate` means zlib's format (RFC 1950); some servers leave its header out. */
const isZlib = (head: Buffer): boolean =>
  head.length >= HEAD_BYTES && (head.readUInt8(0) & 0x0f) === 8 && head.readUInt16BE(0) % 31 === 0;

async function* asBuffers(stream: Readable): AsyncGenerator<Buffer, void, void> {
  const chunks: AsyncIterable<Buffer> = stream;
  yield* chunks;
}
