import { guildIn } from '../../fakes/guild-in.ts';
import { aRequest, media } from '../../fakes/a-request.ts';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { KeyvSqlite } from '@keyv/sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { TaskStore } from '../../../src/app/ports/core.ts';
import type { RecordStore } from '../../../src/app/ports/record-store-port.ts';
import { snowflakeAt } from '../../../src/domain/tasks/snowflake.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { openSqliteRecords } from '../../../src/store/records/sqlite-records.ts';
import { toRecord } from '../../../src/store/tasks/task-record.ts';
import { createTaskStore } from '../../../src/store/tasks/task-store.ts';
import { aLedger } from '../../fakes/a-ledger.ts';
import {
  GUILD_ID,
  RESULT_URL,
  STAGES,
  INTERACTION_ID,
  TASK_ID,
  aRefusal,
  aTask,
  ended,
  queued,
  telling,
} from '../../fakes/a-task.ts';
import { NOON, fakeClock } from '../../fakes/clock.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';
import { temporaryFolder } from '../../fakes/temporary-folder.ts';

const KEY = randomBytes(32);
const NONE = { state: 'none' } as const;

const taskOf = (number: number, changes: Partial<Task> = {}): Task =>
  aTask({ id: String(1_300_000_000_000_000_000n + BigInt(number)), ...changes });

/** The store over these records, as a process opens it. */
function storeOver(records: RecordStore, key = KEY) {
  const log = recordingLog();
  const clock = fakeClock();
  const ledger = aLedger(records, log);
  const store = createTaskStore({ records, ledger, cipher: createCipher(key), clock, log });
  return { store, log };
}

async function onDisk(path = join(temporaryFolder(), 'store.sqlite')) {
  const records = await openSqliteRecords(path);
  onTestFinished(async () => records.close());
  return { path, records };
}

const end = async (store: TaskStore, task: Task): Promise<void> =>
  store.end({ ...task, stage: ended({ kind: 'timed-out' }) }, task);

describe('a task in the store', () => {
  it('comes back as it was, in every stage', async () => {
    const { records } = await onDisk();
    const { store } = storeOver(records);
    const secrets = { ...aTask().secrets, resultUrl: RESULT_URL };
    for (const [index, stage] of STAGES.entries()) {
      const task = taskOf(index, { stage, secrets });
      await store.create(task);
      await expect(store.get(task.id)).resolves.toEqual(task);
    }
    await expect(store.isClaimed(TASK_ID)).resolves.toBe(true);
    await expect(store.isClaimed('1300000000000009999')).resolves.toBe(false);
    await expect(store.get('1300000000000009999')).resolves.toBeUndefined();
  });

  it('lies there with its prompt, token and address sealed', async () => {
    const records = memoryRecords();
    const { store } = storeOver(records);
    const secrets = {
      request: aRequest({
        prompt: 'my secret prompt',
        media: media(['first_frame'], {
          filename: 'secret-picture.png',
          url: 'https://cdn.test/secret-picture?hm=1',
        }),
      }),
      interactionToken: 'secret-token',
      resultUrl: 'https://results.test/secret-video',
    };
    await store.create(aTask({ secrets }));
    const stored = JSON.stringify([...records.byKey]);
    expect(stored).toContain(TASK_ID);
    expect(stored).not.toContain('secret');
  });

  it.each(['refused', 'failed'] as const)(
    'that was %s lies there with what the provider said sealed, and comes back with it',
    async (kind) => {
      const records = memoryRecords();
      const { store } = storeOver(records);
      const refusal = aRefusal({ message: 'your prompt "a secret boat" is not allowed' });
      const task = aTask({ stage: telling({ kind, refusal }) });
      await store.create(task);
      await store.end({ ...task, stage: ended({ kind, refusal }) }, task);
      expect(JSON.stringify([...records.byKey])).not.toContain('secret');
      const stage = ended({ kind, refusal });
      await expect(store.get(TASK_ID)).resolves.toEqual({ ...task, stage });
      const keyless = storeOver(records, randomBytes(32)).store;
      await expect(keyless.get(TASK_ID)).resolves.toMatchObject({
        stage: { outcome: { kind, refusal: { category: refusal.category, message: '' } } },
        secrets: {},
      });
    },
  );

  it('is sealed again only where its secrets changed, also after it was read', async () => {
    const records = memoryRecords();
    const { store } = storeOver(records);
    const sealed = (): unknown =>
      z.looseObject({ sealed: z.string() }).parse(records.byKey.get(`task:${TASK_ID}`)).sealed;
    await store.create(aTask({ stage: queued() }));
    const first = sealed();
    const read = await store.get(TASK_ID);
    if (read === undefined) throw new Error('it was created');
    const stage = telling({ kind: 'timed-out' });
    await store.save({ ...read, stage }, read);
    expect(sealed()).toBe(first);
    const secrets = { ...read.secrets, resultUrl: RESULT_URL };
    await store.save({ ...read, stage, secrets }, read);
    expect(sealed()).not.toBe(first);
    await expect(store.get(TASK_ID)).resolves.toMatchObject({ secrets });
  });

  it('of a version that kept those words in the open still tells them', async () => {
    const records = memoryRecords();
    const { store } = storeOver(records);
    const refusal = aRefusal({ message: 'not this one' });
    const task = aTask({ stage: telling({ kind: 'refused', refusal }) });
    const { key, value } = toRecord(createCipher(KEY), { ...task, stage: queued() });
    records.byKey.set(key, Object.assign({}, value, { stage: task.stage }));
    await expect(store.get(TASK_ID)).resolves.toEqual(task);
  });

  it('is among the open ones until it ends', async () => {
    const { records } = await onDisk();
    const { store } = storeOver(records);
    const tasks = [1, 2, 3].map((number) => taskOf(number));
    await Promise.all(tasks.map(async (task) => store.create(task)));
    const [first, second, third] = tasks;
    if (first === undefined || second === undefined) throw new Error('three tasks');
    await store.save({ ...first, stage: { name: 'acknowledging' } }, first);
    await end(store, second);
    const open = await store.loadOpen();
    expect(open).toEqual([{ ...first, stage: { name: 'acknowledging' } }, third]);
    await expect(store.get(second.id)).resolves.toMatchObject({ stage: { name: 'ended' } });
  });

  it('left marked as open by a crash after its last record is unmarked at the next start', async () => {
    const records = memoryRecords();
    const task = aTask({ stage: ended({ kind: 'timed-out' }) });
    await storeOver(records).store.create(task);
    await expect(storeOver(records).store.loadOpen()).resolves.toEqual([]);
    await expect(records.keysUnder('open:')).resolves.toEqual([]);
    await expect(storeOver(records).store.get(TASK_ID)).resolves.toEqual(task);
  });

  it('is found by the slot of its guild, and read where its mark does not say which', async () => {
    const records = memoryRecords();
    const { store } = storeOver(records);
    const made = [1, 2, 3, 2].map((slot, at) => ({ ...taskOf(at), guildId: guildIn(slot) }));
    for (const task of made) await store.create(task);
    const [inOne, inTwo, old, lastInTwo] = made.map(({ id }) => id);
    const newest = (await records.getMany([`open:${inOne}`]))[0];
    expect(newest).toBe(guildIn(1));
    await records.write([{ key: `open:${old}`, value: 1 }]);
    await expect(store.openIds(new Set([2]))).resolves.toEqual([inTwo, old, lastInTwo]);
    await expect(store.openIds(new Set([40]))).resolves.toEqual([old]);
    await expect(store.openIds()).resolves.toEqual([inOne, inTwo, old, lastInTwo]);
  });

  it('is not there at all where its first record could not be written', async () => {
    const records = memoryRecords();
    const { store } = storeOver(records);
    await store.isClaimed(INTERACTION_ID);
    records.failures = 1;
    await expect(store.create(aTask())).rejects.toThrow('disk full');
    await expect(store.isClaimed(INTERACTION_ID)).resolves.toBe(false);
    await expect(store.loadOpen()).resolves.toEqual([]);
  });

  it('whose money is held is found by its guild until it is not', async () => {
    const { records } = await onDisk();
    const { store } = storeOver(records);
    const task = aTask({ stage: ended({ kind: 'timed-out' }) });
    const held: Task = { ...task, money: { state: 'held', amounts: { videos: 1n, seconds: 5n } } };
    await store.create(task);
    await store.end(held, task);
    await expect(store.loadHeld(GUILD_ID, 100)).resolves.toEqual({ total: 1, oldest: [held] });
    await expect(store.heldIds()).resolves.toEqual([held.id]);
    await expect(store.loadHeld('1300000000000000099', 100)).resolves.toEqual({
      total: 0,
      oldest: [],
    });
    await store.save({ ...held, money: { state: 'released', assumed: false } }, held);
    await expect(store.loadHeld(GUILD_ID, 100)).resolves.toEqual({ total: 0, oldest: [] });
    await expect(store.heldIds()).resolves.toEqual([]);
  });
});

/** An id of so many milliseconds after noon. */
const idAt = (ms: number): string => snowflakeAt(NOON + ms);

describe('the tasks since an instant', () => {
  it('are visited in their order, each once, whatever their stage, and no damaged one', async () => {
    const { records } = await onDisk();
    const { store, log } = storeOver(records);
    for (const ms of [-1, 0, 1, 2, ...Array.from({ length: 120 }, (_, n) => 10 + n)]) {
      await store.create(aTask({ id: idAt(ms) }));
    }
    await end(store, aTask({ id: idAt(1) }));
    await records.write([{ key: `task:${idAt(2)}`, value: { id: 'damaged' } }]);
    const visited: Task[] = [];
    await store.visitSince(NOON, (task) => visited.push(task));
    const expected = [0, 1, ...Array.from({ length: 120 }, (_, n) => 10 + n)].map(idAt);
    expect(visited.map(({ id }) => id)).toEqual(expected);
    expect(visited[1]?.stage.name).toBe('ended');
    expect(visited[0]).toEqual(aTask({ id: idAt(0) }));
    expect(log.lines.map(({ message }) => message)).toContain(
      'damaged record left out of a search',
    );
  });
});

describe('a lost key', () => {
  it('costs the secrets, never the start', async () => {
    const { records } = await onDisk();
    await storeOver(records).store.create(aTask());
    const { store, log } = storeOver(records, randomBytes(32));
    await expect(store.loadOpen()).resolves.toEqual([aTask({ secrets: {} })]);
    await expect(store.get(TASK_ID)).resolves.toEqual(aTask({ secrets: {} }));
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('a damaged record', () => {
  const good = [taskOf(1), taskOf(3)];
  const bad = taskOf(2);

  async function damagedBy(damage: (stored: object) => unknown) {
    const { records, path } = await onDisk();
    const { store } = storeOver(records);
    for (const task of [...good, bad]) {
      await store.create(task);
    }
    const stored = await records.get(`task:${bad.id}`);
    const value = damage(typeof stored === 'object' && stored !== null ? stored : {});
    await records.write([{ key: `task:${bad.id}`, value }]);
    return { records, path, value };
  }

  it.each<[string, (stored: object) => unknown]>([
    ['of another form', () => ({ some: 'thing' })],
    ['that is no object', () => 'nonsense'],
    ['of an unknown stage', (stored) => ({ ...stored, stage: { name: 'dreaming' } })],
    ['of an id that is none', (stored) => ({ ...stored, id: 'x' })],
    ['without its seal', (stored) => ({ ...stored, sealed: undefined })],
  ])('%s is quarantined, and the rest is loaded', async (_what, damage) => {
    const { records, value } = await damagedBy(damage);
    const { store, log } = storeOver(records);
    await expect(store.loadOpen()).resolves.toEqual(good);
    await expect(records.get(`quarantine:task:${bad.id}`)).resolves.toEqual({
      at: NOON,
      was: value,
    });
    await expect(store.get(bad.id)).resolves.toBeUndefined();
    // Its interaction still makes no second task.
    await expect(store.isClaimed(bad.interactionId)).resolves.toBe(true);
    expect(log.lines).toMatchObject([{ level: 'error', fields: { taskId: bad.id } }]);
    await expect(storeOver(records).store.loadOpen()).resolves.toEqual(good);
  });

  it('that is missing altogether is quarantined as well', async () => {
    const { records } = await damagedBy(() => 1);
    await records.remove([`task:${bad.id}`]);
    await expect(storeOver(records).store.loadOpen()).resolves.toEqual(good);
    await expect(records.keysUnder('open:')).resolves.toHaveLength(2);
  });

  it('that is not even JSON does not keep the rest from being loaded', async () => {
    const { records, path } = await damagedBy(() => 1);
    const raw = new KeyvSqlite({ uri: `sqlite://${path}`, table: 'records', busyTimeout: 5000 });
    await raw.query('UPDATE records SET value = ? WHERE key = ?', [
      '{"value":{"id":"13',
      `clapper:task:${bad.id}`,
    ]);
    await raw.close();
    await expect(storeOver(records).store.loadOpen()).resolves.toEqual(good);
  });

  it('is none where a mark that no longer fits cannot be removed', async () => {
    const records = memoryRecords();
    const task = { ...bad, stage: ended({ kind: 'timed-out' }) };
    await storeOver(records).store.create(task);
    const failing: RecordStore = {
      ...records,
      async remove() {
        throw new Error('disk full');
      },
    };
    const { store, log } = storeOver(failing);
    await expect(store.loadOpen()).resolves.toEqual([]);
    expect(log.lines).toMatchObject([{ level: 'warn' }]);
    await expect(store.get(bad.id)).resolves.toEqual(task);
    await expect(storeOver(records).store.loadOpen()).resolves.toEqual([]);
    await expect(records.keysUnder('open:')).resolves.toEqual([]);
  });

  it('with two marks is kept aside as it was, not overwritten by the second', async () => {
    const records = memoryRecords();
    const money = { state: 'held', amounts: { videos: 1n, seconds: 5n } } as const;
    const { store } = storeOver(records);
    await store.create({ ...bad, money: { ...money, state: 'reserved' } });
    await store.save({ ...bad, money }, { money: { ...money, state: 'reserved' } });
    await records.write([{ key: `task:${bad.id}`, value: { some: 'thing' } }]);
    await store.loadOpen();
    await store.loadHeld(bad.guildId, 100);
    await expect(records.get(`quarantine:task:${bad.id}`)).resolves.toEqual({
      at: NOON,
      was: { some: 'thing' },
    });
  });
});

describe('the money of a task', () => {
  it('is written in the same commit as the task, or not at all', async () => {
    const records = memoryRecords();
    const { store } = storeOver(records);
    await store.create(aTask({ money: NONE }));
    const writes: string[][] = [];
    const watched: RecordStore = {
      ...records,
      write: async (rows) => {
        writes.push(rows.map(({ key }) => key.split(':').slice(0, 2).join(':')));
        return records.write(rows);
      },
    };
    await storeOver(watched).store.save(aTask(), { money: NONE });
    expect(writes).toHaveLength(1);
    expect(writes[0]).toEqual(
      expect.arrayContaining([
        `task:${TASK_ID}`,
        'account:guild',
        'account:member',
        'account:operator',
      ]),
    );
  });
});
