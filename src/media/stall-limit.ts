import type { Readable } from 'node:stream';
import { createFault } from './fetch-fault.ts';

/** The chunks of a body; a wait for the next longer than `stallMs` destroys it. The reader's own time is not counted. */
export async function* limitStalls(
  body: Readable,
  stallMs: number,
): AsyncGenerator<Buffer, void, void> {
  const stall = (): void => void body.destroy(createFault('BODY_STALLED'));
  let timer = setTimeout(stall, stallMs);
  try {
    const chunks: AsyncIterable<Buffer> = body;
    for await (const chunk of chunks) {
      clearTimeout(timer);
      yield chunk;
      timer = setTimeout(stall, stallMs);
    }
  } finally {
    clearTimeout(timer);
  }
}
