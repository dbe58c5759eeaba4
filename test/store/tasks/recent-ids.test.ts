import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { snowflakeAt, isOlderSnowflake } from '../../../src/domain/tasks/snowflake.ts';
import { createRecentIds } from '../../../src/store/tasks/recent-ids.ts';
import { openSqliteRecords } from '../../../src/store/records/sqlite-records.ts';
import { NOON } from '../../fakes/clock.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const MINUTE_MS = 60_000;
const idOf = (serial: number): string => String(BigInt(snowflakeAt(NOON)) + BigInt(serial));

async function loadedFrom(ids: readonly string[]) {
  const records = await openSqliteRecords(join(temporaryFolder(), 'store.sqlite'));
  onTestFinished(async () => records.close());
  await records.write(ids.map((id) => ({ key: `claim:${id}`, value: id })));
  const recent = createRecentIds();
  await recent.load(records, NOON);
  return recent;
}

describe('the newest ids', () => {
  it('are known from the store, and what is not among them is new', async () => {
    const stored = snowflakeAt(NOON - 2 * MINUTE_MS);
    const recent = await loadedFrom([stored, snowflakeAt(NOON - 60 * MINUTE_MS)]);
    expect(recent.has(stored)).toBe(true);
    expect(recent.has(idOf(1))).toBe(false);
    recent.add(idOf(1));
    expect(recent.has(idOf(1))).toBe(true);
  });

  it('say nothing before they are loaded', () => {
    const recent = createRecentIds();
    expect(recent.has(idOf(1))).toBeUndefined();
    recent.add(idOf(1));
    expect([recent.has(idOf(1)), recent.has(idOf(2))]).toEqual([true, undefined]);
  });

  it('have what another process has received after they are loaded again', async () => {
    const records = await openSqliteRecords(join(temporaryFolder(), 'store.sqlite'));
    onTestFinished(async () => records.close());
    const recent = createRecentIds();
    await recent.load(records, NOON);
    recent.add(idOf(1));
    recent.markUncertain(idOf(1));
    await records.write([{ key: `claim:${idOf(2)}`, value: '1' }]);
    expect(recent.has(idOf(2))).toBe(false);
    await recent.load(records, NOON);
    expect([1, 2, 3].map((serial) => recent.has(idOf(serial)))).toEqual([undefined, true, false]);
  });

  it('say nothing of what is older than an interaction may be', async () => {
    const old = snowflakeAt(NOON - 60 * MINUTE_MS);
    const recent = await loadedFrom([old]);
    expect(recent.has(old)).toBeUndefined();
    expect(recent.has('123456789012345678')).toBeUndefined();
  });

  it('say nothing of a task that may not have been written', async () => {
    const recent = await loadedFrom([]);
    recent.add(idOf(1));
    recent.markUncertain(idOf(1));
    expect(recent.has(idOf(1))).toBeUndefined();
  });

  it('never take a stored task for a new one, however many there are and in whatever order', async () => {
    const recent = await loadedFrom([]);
    // Neighbours change places: interactions arrive almost in order.
    const ids = Array.from({ length: 25_000 }, (_, at) => idOf(at ^ 3));
    for (const id of ids) recent.add(id);
    expect(ids.filter((id) => recent.has(id) === false)).toEqual([]);
    expect(ids.slice(-9000).every((id) => recent.has(id) === true)).toBe(true);
    expect(recent.has(idOf(30_000))).toBe(false);
  });
});

describe('an id of an instant', () => {
  it('is older than what is made after it', () => {
    expect(isOlderSnowflake(snowflakeAt(NOON), snowflakeAt(NOON + 1))).toBe(true);
    expect(snowflakeAt(1_462_015_105_796)).toBe('175928847298985984');
  });
});
