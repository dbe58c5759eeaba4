import { z } from 'zod';
import type { Erasure, ErasureMarks } from '../../app/ports/erasure-marks-port.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';
import { instantSchema } from '../../domain/instant.ts';

/** Followed by the guild and the member. */
export const ERASURE_PREFIX = 'erase:';
const keyOf = ({ guildId, memberId }: Omit<Erasure, 'at'>): string =>
  `${ERASURE_PREFIX}${guildId}:${memberId}`;

export const storedErasureSchema = z.object({ at: instantSchema });

/** Creates the store of erasures that are not done yet. */
export function createErasureMarks(records: RecordStore): ErasureMarks {
  return {
    add: async (erasures) =>
      records.write(erasures.map(({ at, ...one }) => ({ key: keyOf(one), value: { at } }))),
    async all() {
      const keys = await records.keysUnder(ERASURE_PREFIX);
      const values = await records.getMany(keys);
      return keys.flatMap((key, index) => {
        const stored = storedErasureSchema.safeParse(values[index]).data;
        const [guildId = '', memberId = ''] = key.slice(ERASURE_PREFIX.length).split(':');
        // A damaged one is left to the record check.
        return stored === undefined ? [] : [{ guildId, memberId, at: stored.at }];
      });
    },
    async remove({ at, ...one }) {
      const stored = storedErasureSchema.safeParse(await records.get(keyOf(one))).data;
      if (stored === undefined || stored.at === at) await records.remove([keyOf(one)]);
    },
  };
}
