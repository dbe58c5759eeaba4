import { z } from 'zod';
import type { RecordStore } from '../../app/ports/record-store-port.ts';

/** The key of the id of the bot that a store belongs to. */
const APPLICATION_KEY = 'meta:application';

/**
 * Rejects, with advice, if a store belongs to another bot; the first one that comes has it. For a store
 * that several processes read: two bots would answer for each other's videos.
 */
export async function claimApplication(
  records: Pick<RecordStore, 'get' | 'write'>,
  botId: string,
): Promise<void> {
  const known = await readApplicationOf(records);
  if (known === undefined) await records.write([{ key: APPLICATION_KEY, value: botId }]);
  else if (known !== botId) {
    throw new Error(
      `DISCORD_TOKEN is of another application than this database belongs to (of the bot ${botId}, not ${known}). Set the token of that one, or give this bot a database of its own by STORE_URL; how to change the application on purpose is in docs/operators.md, under Postgres`,
    );
  }
}

/** The id of the bot that a store belongs to; `undefined` where none has claimed it. */
export async function readApplicationOf(
  records: Pick<RecordStore, 'get'>,
): Promise<string | undefined> {
  return z.string().safeParse(await records.get(APPLICATION_KEY)).data;
}
