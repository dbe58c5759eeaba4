import { z } from 'zod';
import type { GuildLookStore } from '../app/gone-guilds.ts';
import { SETTINGS_PREFIX } from '../app/guild-book.ts';
import { GUILD_ACCOUNT_PREFIX } from '../app/ledger.ts';
import type { Clock, Log } from '../app/ports.ts';
import type { RecordStore } from '../app/record-store-port.ts';
import { asideRecord, faultOf } from '../app/set-aside.ts';

const LOOK_KEY = 'meta:guild-look';
export const ABSENT_PREFIX = 'absent:';
export const absentKey = (guildId: string): string => `${ABSENT_PREFIX}${guildId}`;

const lookSchema = z.object({ at: z.int().nonnegative() });
export const absenceSchema = z.object({ since: z.int().nonnegative() });

export interface GuildLookStoreDeps {
  readonly records: RecordStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/**
 * Since when the bot is missing from which guild. A guild is known by its settings or its account:
 * whatever else is kept of one was written after, or together with, one of the two.
 */
export function createGuildLookStore(deps: GuildLookStoreDeps): GuildLookStore {
  const { records } = deps;
  const idsUnder = async (prefix: string): Promise<string[]> =>
    (await records.keysUnder(prefix)).map((key) => key.slice(prefix.length));

  return {
    async lastLook() {
      const value = await records.get(LOOK_KEY);
      if (value === undefined) return undefined;
      const look = lookSchema.safeParse(value);
      if (!look.success) await setAside(deps, value, look.error);
      return look.data?.at;
    },
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

async function setAside(
  { records, clock, log }: GuildLookStoreDeps,
  value: unknown,
  cause: unknown,
): Promise<void> {
  await records.write([asideRecord({ key: LOOK_KEY, value }, clock.now())]);
  await records.remove([LOOK_KEY]);
  const fields = { record: LOOK_KEY, fault: faultOf(cause) };
  log.error(fields, 'damaged record set aside: it is looked now which servers there are');
}
