import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/app/system-clock.ts';
import { NO_MONEY } from '../../src/domain/ledger/task-money.ts';
import type { TaskMoney } from '../../src/domain/ledger/task-money.ts';
import { snowflakeAt } from '../../src/domain/tasks/snowflake.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { createCipher } from '../../src/store/records/cipher.ts';
import { createConfirmationStore } from '../../src/store/confirmations/confirmation-store.ts';
import { createWaitingList } from '../../src/store/confirmations/waiting-list.ts';
import { createPreferencesStore } from '../../src/store/preferences/preferences-store.ts';
import { createPersonalDataStore } from '../../src/store/privacy/personal-data-store.ts';
import { createRetentionStore } from '../../src/store/privacy/retention-store.ts';
import { journalKeyOf, journalRecord } from '../../src/store/tasks/journal.ts';
import { endedKey, memberKey, taskKey } from '../../src/store/tasks/task-keys.ts';
import { toRecord } from '../../src/store/tasks/task-record.ts';
import { GUILD_ID, MEMBER_ID, aTask, ended } from '../fakes/a-task.ts';
import { NOON } from '../fakes/clock.ts';
import { memoryRecords } from '../fakes/memory-records.ts';
import { itemsOf } from '../fakes/pages.ts';
import { memoryMedia } from '../fakes/memory-media.ts';

const DAY_MS = 86_400_000;
const RETENTION_MS = 30 * DAY_MS;
const JOURNAL_MS = 400 * DAY_MS;
const ID = snowflakeAt(NOON);
const settled: TaskMoney = { state: 'settled', amounts: { videos: 1n, seconds: 5n } };

/** One task that was called at noon and ended, as a clock wrote it that was off by so much. */
async function storeOff(offMs: number, money: TaskMoney = settled) {
  const records = memoryRecords();
  const key = randomBytes(32);
  const cipher = createCipher(key);
  const at = NOON + offMs;
  const task: Task = aTask({
    id: ID,
    acceptedAt: at,
    journalMonth: new Date(at).toISOString().slice(0, 7),
    stage: ended({ kind: 'timed-out' }, { endedAt: at }),
    money,
  });
  await records.write([
    toRecord(cipher, task),
    { key: endedKey(ID, at), value: 1 },
    { key: memberKey(task), value: { guildId: GUILD_ID, month: task.journalMonth } },
    ...journalRecord(task),
    { key: 'quarantine:guild:1', value: { at, was: 'x' } },
  ]);
  const confirmations = createConfirmationStore(records, cipher, createWaitingList(systemClock));
  const store = createRetentionStore(
    { records, cipher, key, media: memoryMedia(), clock: systemClock },
    confirmations,
  );
  const { signal } = new AbortController();
  /** What one pass of the retention does at an instant. */
  const pass = async (nowMs: number): Promise<void> => {
    await store.repairTimes(nowMs, signal);
    await store.deleteTasksEndedBefore(nowMs - RETENTION_MS, signal);
    await store.deleteQuarantinedBefore(nowMs - RETENTION_MS, signal);
    await store.deleteLinesBefore(nowMs - JOURNAL_MS, signal);
  };
  const personal = createPersonalDataStore(
    { records, cipher, key, media: memoryMedia() },
    confirmations,
    createPreferencesStore(records),
  );
  const lineKeys = async (): Promise<string[]> => records.keysUnder('journal:');
  return { records, pass, personal, lineKeys, task };
}

describe('what a clock wrote that was 500 days ahead', () => {
  it('is kept as long as if it had happened when it was found, and no longer', async () => {
    const { records, pass } = await storeOff(500 * DAY_MS);
    await pass(NOON + 1000);
    await pass(NOON + RETENTION_MS - DAY_MS);
    expect(records.byKey.has(taskKey(ID))).toBe(true);
    expect(records.byKey.has('quarantine:guild:1')).toBe(true);
    await pass(NOON + RETENTION_MS + DAY_MS);
    expect(records.byKey.has(taskKey(ID))).toBe(false);
    expect(records.byKey.has('quarantine:guild:1')).toBe(false);
    await pass(NOON + JOURNAL_MS + 32 * DAY_MS);
    expect([...records.byKey.keys()]).toEqual([]);
  });

  it('stands in the month in which it was found', async () => {
    const { records, pass, lineKeys } = await storeOff(500 * DAY_MS);
    await pass(NOON);
    const key = journalKeyOf(GUILD_ID, '2026-11', ID);
    await expect(lineKeys()).resolves.toEqual([key]);
    expect(records.byKey.get(key)).toMatchObject({ at: NOON, task: ID });
    await pass(NOON + DAY_MS);
    expect(records.byKey.get(key)).toMatchObject({ at: NOON });
  });

  it('is still found by its member, and made nameless with the rest', async () => {
    const { records, pass, personal, lineKeys } = await storeOff(500 * DAY_MS);
    await pass(NOON);
    const { lines } = await personal.read(MEMBER_ID);
    expect(await itemsOf(lines)).toMatchObject([{ task: ID }]);
    await expect(personal.delete(MEMBER_ID)).resolves.toMatchObject({ tasks: 1, lines: 1 });
    const [key = ''] = await lineKeys();
    expect(JSON.stringify(records.byKey.get(key))).not.toContain(MEMBER_ID);
    expect([...records.byKey.keys()].filter((one) => one.includes(MEMBER_ID))).toEqual([]);
  });

  it('leaves a line where it stands while its money may move, and moves it afterwards', async () => {
    const held: TaskMoney = { ...settled, state: 'held' };
    const { records, pass, lineKeys, task } = await storeOff(500 * DAY_MS, held);
    const before = await lineKeys();
    await pass(NOON);
    await expect(lineKeys()).resolves.toEqual(before);
    const cipher = createCipher(randomBytes(32));
    await records.write([toRecord(cipher, { ...task, money: settled })]);
    await pass(NOON);
    await expect(lineKeys()).resolves.toEqual([journalKeyOf(GUILD_ID, '2026-11', ID)]);
  });
});

describe('what a clock wrote that was behind', () => {
  it('is not deleted before its call is old enough', async () => {
    const { records, pass, lineKeys } = await storeOff(-500 * DAY_MS);
    await pass(NOON + RETENTION_MS);
    expect(records.byKey.has(taskKey(ID))).toBe(true);
    await pass(NOON + RETENTION_MS + 1);
    expect(records.byKey.has(taskKey(ID))).toBe(false);
    await expect(lineKeys()).resolves.toHaveLength(1);
    await pass(NOON + JOURNAL_MS + 1);
    await expect(lineKeys()).resolves.toEqual([]);
  });
});

it('what was quarantined before the time was known is kept from when it is', async () => {
  const { records, pass } = await storeOff(0);
  await records.write([{ key: 'quarantine:meta:schema', value: { at: 850, was: 'x' } }]);
  await pass(NOON);
  expect(records.byKey.get('quarantine:meta:schema')).toEqual({ at: NOON, was: 'x' });
});

it('what is dated right stays as it is', async () => {
  const { records, pass } = await storeOff(0, NO_MONEY);
  const before = JSON.stringify([...records.byKey]);
  await pass(NOON + 1000);
  expect(JSON.stringify([...records.byKey])).toBe(before);
});
