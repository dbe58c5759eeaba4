import type { Clock } from '../../app/ports/core.ts';

/** Records per chunk; an acknowledgement of Discord waits no longer than one chunk takes. */
const CHUNK = 50;

/** The pause after each chunk, as a multiple of the time that the chunk took. */
const PAUSE_FACTOR = 4;

/**
 * Processes records in chunks with pauses, so that the bot stays responsive and only one chunk is in
 * memory, until all are done or the signal aborts. Resolves with the sum of the chunks' results.
 */
export async function byChunks(
  clock: Pick<Clock, 'elapsed' | 'after'>,
  keys: readonly string[],
  signal: AbortSignal,
  work: (chunk: readonly string[]) => Promise<number>,
): Promise<number> {
  let sum = 0;
  for (let at = 0; at < keys.length && !signal.aborted; at += CHUNK) {
    const startedAt = clock.elapsed();
    sum += await work(keys.slice(at, at + CHUNK));
    await pause(clock, (clock.elapsed() - startedAt) * PAUSE_FACTOR);
  }
  return sum;
}

async function pause(clock: Pick<Clock, 'after'>, ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    clock.after(ms, resolve);
  });
}
