import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { NO_MONEY } from '../../../src/domain/ledger/task-money.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { createConfirmationStore } from '../../../src/store/confirmations/confirmation-store.ts';
import { createWaitingList } from '../../../src/store/confirmations/waiting-list.ts';
import { createRetentionStore } from '../../../src/store/privacy/retention-store.ts';
import { snowflakeAt } from '../../../src/domain/tasks/snowflake.ts';
import { claimKey, deleteKey, endedKey, taskKey } from '../../../src/store/tasks/task-keys.ts';
import { toRecord } from '../../../src/store/tasks/task-record.ts';
import { aTask, ended } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';
import { systemClock } from '../../../src/app/system-clock.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';
import { memoryMedia } from '../../fakes/memory-media.ts';

const HELD = { state: 'held', amounts: { videos: 1n, seconds: 5n } } as const;
const RELEASED = { state: 'released', assumed: false } as const;
const DAY_MS = 86_400_000;
const OLD = 220;
const CHUNK = 50;

const endedAt = (at: number): number => (at < OLD ? NOON - DAY_MS : NOON + 1);

/** Many tasks that ended before NOON, and one after it; tells what was read at once. */
async function crowdedStore(onRead: () => void = () => undefined) {
  const records = memoryRecords();
  const key = randomBytes(32);
  const cipher = createCipher(key);
  for (let at = 0; at <= OLD; at += 1) {
    const stage = { ...ended({ kind: 'timed-out' }), endedAt: endedAt(at) };
    const task = aTask({ id: String(1_300_000_000_000_000_000n + BigInt(at)), stage });
    const mark = { key: endedKey(task.id, endedAt(at)), value: 1 };
    await records.write([toRecord(cipher, { ...task, money: NO_MONEY }), mark]);
  }
  const reads: number[] = [];
  const watched = {
    ...records,
    async getMany(keys: readonly string[]) {
      reads.push(keys.length);
      onRead();
      return records.getMany(keys);
    },
  };
  const confirmations = createConfirmationStore(watched, cipher, createWaitingList(systemClock));
  const media = memoryMedia();
  const store = createRetentionStore(
    { records: watched, cipher, key, media, clock: systemClock },
    confirmations,
  );
  const left = async (): Promise<number> => (await records.keysUnder(taskKey(''))).length;
  return { store, reads, left, records, cipher, media };
}

describe('more old tasks than fit into memory', () => {
  it('are forgotten some at a time, and no other', async () => {
    const { store, reads, left, media } = await crowdedStore();
    const { signal } = new AbortController();
    await expect(store.deleteTasksEndedBefore(NOON, signal)).resolves.toBe(OLD);
    await expect(left()).resolves.toBe(1);
    expect(media.deleted).toHaveLength(OLD);
    expect(Math.max(...reads)).toBe(CHUNK);
  });

  it.each([
    ['its server', { money: HELD }],
    ['the operator alone', { money: RELEASED, operatorMoney: HELD }],
  ])('are kept while money is held for %s', async (_whose, sides) => {
    const { store, left, records, cipher } = await crowdedStore();
    const stage = { ...ended({ kind: 'timed-out' }), endedAt: endedAt(0) };
    await records.write([toRecord(cipher, aTask({ stage, ...sides }))]);
    const { signal } = new AbortController();
    await store.deleteTasksEndedBefore(NOON, signal);
    await expect(left()).resolves.toBe(2);
    const held: Task[] = [];
    const empty = async (task: Task): Promise<boolean> => {
      held.push(task);
      return true;
    };
    // A hold that is not old yet is not looked at.
    const young = { ...stage, endedAt: NOON };
    const other = aTask({ id: '1300000000000009999', stage: young, ...sides });
    await records.write([
      toRecord(cipher, other),
      { key: endedKey(other.id, young.endedAt), value: 1 },
    ]);
    await expect(store.emptyHeld(NOON, signal, empty)).resolves.toBe(1);
    expect(held).toEqual([expect.objectContaining({ id: aTask().id, ...sides })]);
    // Unless its member asked for that.
    await records.write([{ key: deleteKey(other.id), value: 1 }]);
    await expect(store.emptyHeld(NOON, signal, empty)).resolves.toBe(2);
    expect(held.map(({ id }) => id)).toEqual([aTask().id, aTask().id, other.id]);
  });

  it('do not hold up a stop: the rest is forgotten at the next pass', async () => {
    const stop = new AbortController();
    const { store, left } = await crowdedStore(() => {
      stop.abort();
    });
    await expect(store.deleteTasksEndedBefore(NOON, stop.signal)).resolves.toBe(CHUNK);
    await expect(left()).resolves.toBe(OLD + 1 - CHUNK);
    await store.deleteTasksEndedBefore(NOON, new AbortController().signal);
    await expect(left()).resolves.toBe(1);
  });
});

it('claims of interactions stand for an hour', async () => {
  const { store, records } = await crowdedStore();
  const minutesAgo = [61, 60, 59, 0].map((minutes) => snowflakeAt(NOON - minutes * 60_000));
  await records.write(minutesAgo.map((id) => ({ key: claimKey(id), value: id })));
  await store.deleteClaims(NOON, new AbortController().signal);
  await expect(records.keysUnder(claimKey(''))).resolves.toEqual(minutesAgo.slice(1).map(claimKey));
});
