import { describe, expect, it } from 'vitest';
import type { RecordStore, StoredRecord } from '../../../src/app/ports/record-store-port.ts';
import { findRoute } from '../../../src/domain/routes/catalogue.ts';
import { CATALOGUE } from '../../fakes/catalogue.ts';
import { currentRoute } from '../../../src/domain/tasks/plan.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { submissionOf } from '../../../src/domain/tasks/task-request.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { checkRecords } from '../../../src/store/repair/record-check.ts';
import { migrateStore } from '../../../src/store/schema/migrate-store.ts';
import { MIGRATIONS } from '../../../src/store/schema/migrations.ts';
import { createTaskStore } from '../../../src/store/tasks/task-store.ts';
import { createGuildSettingsStore } from '../../../src/store/guilds/guild-settings-store.ts';
import { aLedger } from '../../fakes/a-ledger.ts';
import { RESULT_URL } from '../../fakes/a-task.ts';
import { NOON, fakeClock } from '../../fakes/clock.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';
import type { MemoryRecords } from '../../fakes/memory-records.ts';
import { OLD_KEY, OLD_VERSIONS, leavesOf, oldStore } from './old-store.ts';
import type { OldVersion } from './old-store.ts';

/** By hand, and on purpose not by the migration's own tables: paths of a task, old and new. */
const PATHS: readonly (readonly [string, string])[] = [
  ['settings.route', 'plan.routes.0.route'],
  ['settings.durationSeconds', 'plan.routes.0.durationSeconds'],
  ['settings.resolution', 'plan.routes.0.resolution'],
  ['settings.ratio', 'plan.routes.0.ratio'],
  ['quote.kind', 'plan.routes.0.quote.kind'],
  ['quote.micros', 'plan.routes.0.quote.micros'],
  ['quote.currency', 'plan.routes.0.quote.currency'],
  ['quote.price.amount', 'plan.routes.0.quote.price.amount'],
  ['quote.price.currency', 'plan.routes.0.quote.price.currency'],
  ['quote.price.per', 'plan.routes.0.quote.price.per'],
  ['address.rung', 'address.deliveryPath'],
  ['stage.told', 'stage.notified'],
  ['stage.lookedAt', 'stage.lastPolledAt'],
  ['stage.usual.fromSeconds', 'stage.typicalDuration.fromSeconds'],
  ['stage.usual.toSeconds', 'stage.typicalDuration.toSeconds'],
  ['stage.isRetold', 'stage.isReNotified'],
];

/** Values that are another word now, by the old path. */
const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'stage.name': { telling: 'notifying' },
  'stage.outcome.kind': {
    'given-up': 'timed-out',
    'too-late': 'queue-expired',
    'never-began': 'not-started',
    'route-gone': 'route-removed',
    'prompt-lost': 'prompt-unreadable',
  },
};

const isReNotified = ({ stage }: Task): boolean =>
  stage.name === 'notifying' && stage.isReNotified === true;

const madeAt = (id: string): number => Number(BigInt(id) >> 22n) + 1_420_070_400_000;

const isTask = ({ key }: StoredRecord): boolean => key.startsWith('task:');
const isDamagedTask = ({ key, value }: StoredRecord): boolean =>
  key.startsWith('task:') && value === 'nonsense';

function leavesExpected(task: unknown): Map<string, unknown> {
  const names = new Map(PATHS);
  const old = leavesOf(task);
  const leaves = [...old].map(([path, value]): [string, unknown] => [
    names.get(path) ?? path,
    VALUES[path]?.[String(value)] ?? value,
  ]);
  return new Map([
    ...leaves,
    ['interactionId', old.get('id')],
    ['plan.current', 0],
    ['attempts', []],
  ]);
}

async function storeOf(version: OldVersion): Promise<MemoryRecords> {
  const records = memoryRecords();
  await records.write(oldStore(version));
  return records;
}

async function migrate(records: RecordStore): Promise<void> {
  await migrateStore({
    records,
    migrations: MIGRATIONS,
    backUp: async () => 'copy.sqlite',
    stopping: new AbortController().signal,
    log: recordingLog(),
  });
}

describe.each(OLD_VERSIONS)('a store that %s wrote', (version) => {
  it('has every task with every value, under the names of today', async () => {
    const records = await storeOf(version);
    await migrate(records);
    const tasks = oldStore(version).filter(isTask);
    expect(tasks.length).toBeGreaterThan(20);
    for (const task of tasks.filter((one) => !isDamagedTask(one))) {
      expect(leavesOf(records.byKey.get(task.key))).toEqual(leavesExpected(task.value));
    }
    expect(tasks.filter(isDamagedTask)).toHaveLength(1);
    for (const { key, value } of tasks.filter(isDamagedTask)) {
      expect(records.byKey.get(key)).toBe(value);
    }
  });

  it('has every other record as it was: quotas, accounts, audit, journal, holds', async () => {
    const records = await storeOf(version);
    await migrate(records);
    const old = oldStore(version);
    const expected = new Map(
      old
        .filter((one) => !isTask(one))
        .map(({ key, value }) => [key.replace(/^damaged:/, 'quarantine:'), value]),
    );
    expected.set('meta:schema', { version: 2 });
    const left = [...records.byKey].filter(([key]) => !/^(task|claim):/.test(key));
    expect(new Map(left)).toEqual(expected);
    for (const prefix of ['guild:', 'account:', 'audit:', 'journal:', 'held:', 'notice:']) {
      expect(left.some(([key]) => key.startsWith(prefix))).toBe(true);
    }
  });

  it('has the claims of the tasks that are younger than an hour', async () => {
    const records = await storeOf(version);
    await migrate(records);
    const ids = oldStore(version)
      .filter(isTask)
      .map(({ key }) => key.slice('task:'.length));
    const young = ids.filter((id) => madeAt(id) > NOON - 3_600_000);
    const claims = [...records.byKey].filter(([key]) => key.startsWith('claim:'));
    expect(young.length).toBeGreaterThan(5);
    expect(ids.length).toBeGreaterThan(young.length);
    expect(new Map(claims)).toEqual(new Map(young.map((id) => [`claim:${id}`, id])));
  });

  it('is read whole, and its open tasks can be sent and delivered', async () => {
    const records = await storeOf(version);
    await migrate(records);
    const [log, clock] = [recordingLog(), fakeClock()];
    const cipher = createCipher(OLD_KEY);
    const ledger = aLedger(records, log);
    const tasks = createTaskStore({ records, ledger, cipher, clock, log });
    const open = await tasks.loadOpen();
    const marks = oldStore(version).filter(({ key }) => key.startsWith('open:'));
    // What was quarantined before left its mark behind, or none.
    expect(open.length).toBeGreaterThanOrEqual(marks.length - 1);
    // One that had ended before kept its prompt no longer.
    for (const task of open.filter((one) => !isReNotified(one))) {
      const route = findRoute(CATALOGUE, currentRoute(task).route);
      if (route === undefined) throw new Error('of no route');
      const { durationSeconds } = currentRoute(task);
      expect(submissionOf(task, route)).toMatchObject({ durationSeconds });
    }
    const delivering = open.filter(({ stage }) => stage.name === 'delivering');
    expect(new Set(delivering.map(({ secrets }) => secrets.resultUrl))).toEqual(
      new Set([RESULT_URL]),
    );
    const guilds = createGuildSettingsStore({ records, clock, log });
    const signal = new AbortController().signal;
    const check = {
      elapsed: () => 0,
      after: (_ms: number, then: () => void) => (then(), () => undefined),
    };
    await checkRecords(
      { records, tasks, ledger, guilds, cipher, clock: { ...clock, ...check }, log },
      signal,
    );
    // The one record that no version can read.
    const errors = log.lines.filter(({ level }) => level === 'error');
    expect(errors.map(({ fields }) => fields)).toMatchObject([
      { record: oldStore(version).find(isDamagedTask)?.key },
    ]);
  });

  it('ends the same, wherever the migration is cut and begun again', async () => {
    const whole = await storeOf(version);
    const calls = countingChanges(whole);
    await migrate(calls.records);
    expect(calls.count()).toBeGreaterThanOrEqual(3);
    for (let cut = 0; cut < calls.count(); cut += 1) {
      for (const when of ['before', 'after'] as const) {
        const records = await storeOf(version);
        await expect(migrate(cutAt(records, cut, when))).rejects.toThrow('killed');
        await migrate(records);
        expect(records.byKey).toEqual(whole.byKey);
      }
    }
  });

  it('is left as it is by the migration where it was made already', async () => {
    const records = await storeOf(version);
    await migrate(records);
    const once = new Map(records.byKey);
    for (const { migrate: again } of MIGRATIONS) {
      await records.write(await again(records));
    }
    expect(records.byKey).toEqual(once);
  });
});

/** The same records, where every change of them passes by. */
function withChanges(
  records: RecordStore,
  onChange: (change: () => Promise<void>) => Promise<void>,
): RecordStore {
  return {
    ...records,
    write: async (given) => onChange(async () => records.write(given)),
    remove: async (keys) => onChange(async () => records.remove(keys)),
  };
}

function countingChanges(given: RecordStore) {
  let count = 0;
  const records = withChanges(given, async (change) => {
    count += 1;
    await change();
  });
  return { records, count: () => count };
}

/** A process that ends at its n-th change of the store: before it was made, or just after. */
function cutAt(given: RecordStore, at: number, when: 'before' | 'after'): RecordStore {
  let count = 0;
  return withChanges(given, async (change) => {
    const isLast = count === at;
    count += 1;
    if (count > at + 1 || (isLast && when === 'before')) throw new Error('killed');
    await change();
    if (isLast) throw new Error('killed');
  });
}
