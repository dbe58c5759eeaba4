import { DISCORD_EPOCH_MS } from '../../domain/tasks/snowflake.ts';
import { SLACK_MS, isTime } from '../../domain/recorded-times.ts';
import type { RecordStore } from '../../app/ports/record-store-port.ts';

const DIGITS = 15;
const padded = (at: number): string => String(at).padStart(DIGITS, '0');

/** A key that sorts by time under its prefix, and by `order` within a millisecond. */
export const timeKey = (prefix: string, at: number, order: string): string =>
  `${prefix}${padded(at)}-${order}`;

/**
 * Moves records whose time key lies in the future, or was written before the time was known, to now,
 * in their order. Reads only those.
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
      // A damaged record is left to the record check.
      if (typeof value !== 'object' || value === null) return [];
      // Sorts before new records of the same millisecond.
      const order = `-${key.slice(prefix.length)}`;
      return [{ key: timeKey(prefix, nowMs, order), value: { ...value, at: nowMs } }];
    }),
  );
  await records.remove(wrong.filter((_, index) => typeof values[index] === 'object'));
}
