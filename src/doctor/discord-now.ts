import { createDiscordReader } from './discord-reader.ts';
import type { DiscordReaderOptions } from './discord-reader.ts';

/** Longer nobody waits for a name; in milliseconds. */
const TIMEOUT_MS = 3000;

/**
 * Discord's time to a second, for the name of a file, asked of it once; undefined where it does not
 * answer in time.
 */
export async function discordNow(options: DiscordReaderOptions): Promise<number | undefined> {
  const answer = await createDiscordReader({ ...options, timeoutMs: TIMEOUT_MS })('/gateway');
  return answer.kind === 'answer' ? options.now() - answer.clockAheadMs : undefined;
}
