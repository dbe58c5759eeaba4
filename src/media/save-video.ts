import { createFault } from './fetch-fault.ts';
import type { FetchResult } from './fetch-result.ts';
import { areBoxesWhole } from './mp4-boxes.ts';
import { sniffMp4 } from './sniff-mp4.ts';
import { createVideoSink, type VideoSink } from './video-sink.ts';
import type { VideoRoom } from './video-room.ts';

interface SaveInput {
  readonly body: AsyncIterable<Buffer>;
  readonly toPath: string;
  /** Where small videos are held instead; `undefined` where every video becomes a file. */
  readonly room?: VideoRoom | undefined;
  readonly maxBytes: number;
  /** The Content-Length, or the size from Content-Range, of a body that is not compressed. */
  readonly declaredBytes: number | undefined;
  /**
   * Whether the body's own form shows its end: chunks, or compression. A body without that and
   * without a declared length ends with the connection, complete or not.
   */
  readonly endsItself: boolean;
}

type SaveResult = Extract<FetchResult, { kind: 'held' | 'saved' | 'too-large' | 'not-mp4' }>;

/**
 * Streams a body into memory or to a file, if it is an mp4 of at most `maxBytes`. A file gets its
 * name only when it is complete. Errors are thrown and leave nothing behind.
 */
export async function saveVideo(input: SaveInput): Promise<SaveResult> {
  const { declaredBytes: expectedBytes, maxBytes } = input;
  const chunks = input.body[Symbol.asyncIterator]();
  const sink = createVideoSink({ ...input, expectedBytes });
  let isKept = false;
  try {
    const head = await readHead(chunks, input);
    if (head === undefined) return { kind: 'not-mp4' };
    if (Math.max(head.length, expectedBytes ?? 0) > maxBytes) return tooLarge(input);
    const bytes = await writeAll(sink, head, chunks, maxBytes);
    if (bytes > maxBytes) return tooLarge(input);
    if (!(await isWhole(sink, bytes, input))) throw createFault('BODY_CUT');
    const kept = await sink.keep();
    isKept = true;
    return kept;
  } finally {
    if (!isKept) await sink.drop();
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

/**
 * Writes a body up to the first chunk past the limit, one chunk before it reads the next; returns
 * the number of bytes received.
 */
async function writeAll(
  sink: VideoSink,
  head: Buffer,
  chunks: AsyncIterator<Buffer>,
  maxBytes: number,
): Promise<number> {
  await sink.write(head);
  let bytes = head.length;
  for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
    bytes += next.value.length;
    if (bytes > maxBytes) return bytes;
    await sink.write(next.value);
  }
  return bytes;
}

async function isWhole(
  { readAt }: VideoSink,
  bytes: number,
  { declaredBytes, endsItself }: SaveInput,
): Promise<boolean> {
  if (declaredBytes !== undefined) return bytes === declaredBytes;
  return endsItself || areBoxesWhole(readAt, bytes);
}
