import type { DiscordAnswer, DiscordReader } from '../../src/discord/reader/discord-reader.ts';

/** Answers by path; a number is a status without a body. Other paths do not answer. */
export type DiscordWorld = Readonly<Record<string, unknown>>;

export const BOT_ID = '110000000000000002';
export const GUILD_ID = '120000000000000001';
export const CHANNEL_ID = '130000000000000001';

export function readerOf(world: DiscordWorld, clockAheadMs = 0): DiscordReader {
  return async (path): Promise<DiscordAnswer> => {
    const said = world[path];
    if (said === undefined) return { kind: 'silence', reason: 'ECONNREFUSED' };
    return typeof said === 'number'
      ? { kind: 'answer', status: said, body: { message: 'no' }, clockAheadMs }
      : { kind: 'answer', status: 200, body: said, clockAheadMs };
  };
}
