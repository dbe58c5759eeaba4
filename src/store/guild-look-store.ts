import { z } from 'zod';
import type { GuildLookStore } from '../app/gone-guilds.ts';
import { SETTINGS_PREFIX } from '../app/guild-book.ts';
import { GUILD_ACCOUNT_PREFIX } from '../app/ledger.ts';
import type { RecordStore } from '../app/record-store-port.ts';

const LOOK_KEY = 'meta:guild-look';
const ABSENT_PREFIX = 'absent:';
export const absentKey = (guildId: string): string => `${ABSENT_PREFIX}${guildId}`;

const lookSchema = z.object({ at: z.int().nonnegative() });
const absenceSchema = z.object({ since: z.int().nonnegative() });

/**
 * Since when the bot is missing from which guild. A guild is known by its settings or its account:
 * whatever else is kept of one was written after, or together with, one of the two.
 */
export function createGuildLookStore(records: RecordStore): GuildLookStore {
  const idsUnder = async (prefix: string): Promise<string[]> =>
    (await records.keysUnder(prefix)).map((key) => key.slice(prefix.length));

  return {
    // A damaged record is no look: it is made now, and written anew.
    lastLook: async () => lookSchema.safeParse(await records.get(LOOK_KEY)).data?.at,
    async known() {
      const found = await Promise.all([SETTINGS_PREFIX, GUILD_ACCOUNT_PREFIX].map(idsUnder));
      return [...new Set(found.flat())];
    },
    async absences() {
      const ids = await idsUnder(ABSENT_PREFIX);
      const values = await records.getMany(ids.map(absentKey));
      return new Map(
        ids.flatMap((id, index) => {
          const { data } = absenceSchema.safeParse(values[index]);
          return data === undefined ? [] : [[id, data.since]];
        }),
      );
    },
    // Cut in between, the look counts as not made.
    async save({ at, left, returned }) {
      await records.remove(returned.map(absentKey));
      const absences = left.map((id) => ({ key: absentKey(id), value: { since: at } }));
      await records.write([...absences, { key: LOOK_KEY, value: { at } }]);
    },
  };
}
