/** Ends a body that is too large. One object for all, because its stack is never read. */
export const TOO_LARGE = new Error('the body is too large');

/** The chunks of a body; throws TOO_LARGE instead of the chunk that passes the limit. */
export async function* limitBytes<Chunk extends Uint8Array>(
  body: AsyncIterable<Chunk>,
  maxBytes: number,
): AsyncGenerator<Chunk> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw TOO_LARGE;
    yield chunk;
  }
}
