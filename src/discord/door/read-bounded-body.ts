import type { IncomingMessage } from 'node:http';

/** What is received beyond the limit, and discarded, so that the sender can read the refusal. */
const DISCARDED_BYTES = 16 * 1_048_576;

/**
 * Reads a body to its end. `too-large`: longer than `maxBytes`, of which nothing is kept; `cut`: the
 * sender went away, or took longer than the server allows. Never rejects.
 */
export async function readBoundedBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | 'too-large' | 'cut'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // Without an encoding it yields Buffers; its type says `any`.
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      if (bytes <= maxBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (bytes > maxBytes + DISCARDED_BYTES) break;
    }
  } catch {
    return 'cut';
  }
  return bytes > maxBytes ? 'too-large' : Buffer.concat(chunks);
}
