import type { Erasure, ErasureMarks } from '../../app/ports/erasure-marks-port.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';

/** Followed by the guild and the member. */
export const ERASURE_PREFIX = 'erase:';
const keyOf = ({ guildId, memberId }: Erasure): string => `${ERASURE_PREFIX}${guildId}:${memberId}`;

/** Creates the store of erasures that are not done yet. */
export function createErasureMarks(records: RecordStore): ErasureMarks {
  return {
    add: async (erasures) => records.write(erasures.map((one) => ({ key: keyOf(one), value: 1 }))),
    async all() {
      const keys = await records.keysUnder(ERASURE_PREFIX);
      return keys.map((key) => {
        const [guildId = '', memberId = ''] = key.slice(ERASURE_PREFIX.length).split(':');
        return { guildId, memberId };
      });
    },
    remove: async (erasure) => records.remove([keyOf(erasure)]),
  };
}
