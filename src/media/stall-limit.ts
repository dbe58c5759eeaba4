import type { Readable } from 'node:stream';
import { createFault } from './fetch-fault.ts';

/**
 * Yields the chunks of a body and destroys it if the next chunk takes longer than `stallMs`. The
 * time the consumer takes does not count.
 */
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
