import { setTimeout as wait } from 'node:timers/promises';
import { openSqliteRecords } from '../../store/records/sqlite-records.ts';

const CHECK_EVERY_MS = 25;

/** Watches the bot's store from beside it until no task is open; false: some still are after the limit. */
export async function waitUntilAllEnded(storePath: string, limitMs: number): Promise<boolean> {
  const records = await openSqliteRecords(storePath);
  const until = Date.now() + limitMs;
  try {
    for (;;) {
      if ((await records.keysUnder('open:')).length === 0) return true;
      if (Date.now() >= until) return false;
      await wait(CHECK_EVERY_MS);
    }
  } finally {
    await records.close();
  }
}
