import { SLACK_MS, isTime } from '../../domain/found-times.ts';
import { DISCORD_EPOCH_MS } from '../../domain/tasks/age.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';

const DIGITS = 15;
const padded = (at: number): string => String(at).padStart(DIGITS, '0');

/** Keys under a prefix that sort by time, and by `order` within a millisecond. */
export const timeKey = (prefix: string, at: number, order: string): string =>
  `${prefix}${padded(at)}-${order}`;

/**
 * Records under such keys that lie ahead, or were written before the time was known, happened when
 * they are found: they are written under that time, in their order. Reads those alone.
 */
export async function rekeyAhead(
  records: RecordStore,
  prefix: string,
  nowMs: number,
): Promise<void> {
  if (!isTime(nowMs)) return;
  const wrong = [
    ...(await records.keysUnder(prefix, { before: `${prefix}${padded(DISCORD_EPOCH_MS)}` })),
    ...(await records.keysUnder(prefix, { from: `${prefix}${padded(nowMs + SLACK_MS + 1)}` })),
  ];
  if (wrong.length === 0) return;
  const values = await records.getMany(wrong);
  await records.write(
    wrong.flatMap((key, index) => {
      const value = values[index];
      // A damaged one is left to the check of all records.
      if (typeof value !== 'object' || value === null) return [];
      // Before what is new in this very millisecond.
      const order = `-${key.slice(prefix.length)}`;
      return [{ key: timeKey(prefix, nowMs, order), value: { ...value, at: nowMs } }];
    }),
  );
  await records.remove(wrong.filter((_, index) => typeof values[index] === 'object'));
}
