import { z } from 'zod';
import { SETTINGS_PREFIX } from './guild-settings-store.ts';
import type { Clock, Log } from '../../app/ports/core.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { quarantineRecord, describeDamage } from '../records/quarantine.ts';
import { GUILD_ACCOUNT_PREFIX } from '../../domain/ledger/account-key.ts';
import type { GuildPresenceStore } from '../../app/ports/guild-presence-port.ts';

const PRESENCE_KEY = 'meta:guild-look';
export const ABSENT_PREFIX = 'absent:';
export const absentKey = (guildId: string): string => `${ABSENT_PREFIX}${guildId}`;

const presenceSchema = z.object({ at: z.int().nonnegative() });
export const absenceSchema = z.object({ since: z.int().nonnegative() });

export interface GuildPresenceStoreDeps {
  readonly records: RecordStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/**
 * Creates the store of when the bot left which guild. A guild with any record has settings or an
 * account, because everything else is written after or together with one of the two.
 */
export function createGuildPresenceStore(deps: GuildPresenceStoreDeps): GuildPresenceStore {
  const { records } = deps;
  const idsUnder = async (prefix: string): Promise<string[]> =>
    (await records.keysUnder(prefix)).map((key) => key.slice(prefix.length));

  return {
    async lastCheck() {
      const value = await records.get(PRESENCE_KEY);
      if (value === undefined) return undefined;
      const presence = presenceSchema.safeParse(value);
      if (!presence.success) await quarantine(deps, value, presence.error);
      return presence.data?.at;
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
    // The time of the check is written last: an interrupted save counts as no check.
    async save({ at, left, returned }) {
      await records.remove(returned.map(absentKey));
      const absences = left.map((id) => ({ key: absentKey(id), value: { since: at } }));
      await records.write([...absences, { key: PRESENCE_KEY, value: { at } }]);
    },
  };
}

async function quarantine(
  { records, clock, log }: GuildPresenceStoreDeps,
  value: unknown,
  cause: unknown,
): Promise<void> {
  await records.write([quarantineRecord({ key: PRESENCE_KEY, value }, clock.now())]);
  await records.remove([PRESENCE_KEY]);
  const fields = { record: PRESENCE_KEY, fault: describeDamage(cause) };
  log.error(fields, 'damaged record quarantined: the list of servers is checked now');
}
