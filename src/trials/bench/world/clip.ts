import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** The first box of an mp4. */
const FILE_TYPE = Buffer.from('\0\0\0\u0018ftypisom\0\0\u0002\0isommp42', 'latin1');
const CHUNK = Buffer.alloc(65_536);

/** Answers with a file of this size that begins like an mp4, as fast as it is read. */
export async function writeClip(response: ServerResponse, bytes: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': bytes });
  try {
    await pipeline(Readable.from(chunksOf(bytes)), response);
  } catch {
    // The client closed the connection, for example at the end of a benchmark.
  }
}

function* chunksOf(bytes: number): Generator<Buffer> {
  yield FILE_TYPE;
  for (let left = bytes - FILE_TYPE.length; left > 0; left -= CHUNK.length) {
    yield left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
  }
}
