import { createDiscordReader } from './discord-reader.ts';
import type { DiscordReaderOptions } from './discord-reader.ts';

/** Short, because only a file name depends on it; in milliseconds. */
const TIMEOUT_MS = 3000;

/**
 * Asks Discord once for its time, to the second, for the name of a file; `undefined` if it does not
 * answer in time.
 */
export async function discordNow(options: DiscordReaderOptions): Promise<number | undefined> {
  const answer = await createDiscordReader({ ...options, timeoutMs: TIMEOUT_MS })('/gateway');
  return answer.kind === 'answer' ? options.now() - answer.clockAheadMs : undefined;
}
