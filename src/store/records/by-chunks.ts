import type { Clock } from '../../app/ports/core.ts';

/** Records at a time: an acknowledgement that comes in between waits no longer than these take. */
const CHUNK = 50;

/** After each chunk the rest of the bot has the process for so many times as long. */
const RESTS = 4;

/**
 * Works through any number of records beside the bot's work, never with all of them in memory, until
 * it is done or cut; resolves with the sum of what each chunk came to.
 */
export async function byChunks(
  clock: Pick<Clock, 'elapsed' | 'after'>,
  keys: readonly string[],
  signal: AbortSignal,
  work: (some: readonly string[]) => Promise<number>,
): Promise<number> {
  let sum = 0;
  for (let at = 0; at < keys.length && !signal.aborted; at += CHUNK) {
    const startedAt = clock.elapsed();
    sum += await work(keys.slice(at, at + CHUNK));
    await rest(clock, (clock.elapsed() - startedAt) * RESTS);
  }
  return sum;
}

async function rest(clock: Pick<Clock, 'after'>, ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    clock.after(ms, resolve);
  });
}
