import { taskIdSchema } from '../../src/domain/tasks/task-id.ts';
import { describe, expect, it } from 'vitest';
import { holdIfRestored } from '../../src/app/restored-store.ts';
import type { RestoreCheck } from '../../src/app/restored-store.ts';
import type { StoredRecord } from '../../src/app/ports/record-store-port.ts';
import { HOLDS_ALL } from '../../src/domain/tasks/restored.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import type { ServerIdentity } from '../../src/store/server-identity.ts';
import { copyMark, createStoreOrigin, readOrigin } from '../../src/store/store-origin.ts';
import { TASK_ID, aTask, queued, running } from '../fakes/a-task.ts';
import { fakeClock } from '../fakes/clock.ts';
import { recordingLog } from '../fakes/log.ts';
import { memoryAttempts } from '../fakes/memory-attempts.ts';
import { memoryRecords } from '../fakes/memory-records.ts';
import { memoryTasks } from '../fakes/memory-tasks.ts';

const OTHER_ID = taskIdSchema.parse('1300000000000000002');
/** When that snowflake was made. */
const ASKED_AT = Number(BigInt(OTHER_ID) >> 22n) + 1_420_070_400_000;

/** A store with a task that waits and one that runs, its lines, and the machine's folder. */
function aWorld() {
  const waiting = aTask();
  const runner = aTask({ id: OTHER_ID, stage: running() });
  const world = {
    clock: fakeClock(),
    log: recordingLog(),
    records: memoryRecords(),
    tasks: memoryTasks(waiting, runner),
    attemptLog: memoryAttempts(),
    held: new Array<string>(),
  };
  for (const { id } of [waiting, runner]) world.records.byKey.set(`task:${id}`, {});
  return world;
}
type World = ReturnType<typeof aWorld>;
type Written = readonly StoredRecord[];

/** One start of a bot on it, up to the moment at which it would send. */
async function start(
  world: World,
  server?: ServerIdentity,
  { hasCompany }: { readonly hasCompany?: boolean } = {},
): Promise<RestoreCheck> {
  const { records, tasks, attemptLog, clock, log, held } = world;
  const known = { ...(await readOrigin(records)), server };
  const origin = createStoreOrigin(records, attemptLog, known, () => clock.now());
  return holdIfRestored({
    store: tasks.port,
    attemptLog,
    origin,
    hasCompany,
    endUploads: async () => undefined,
    clock,
    log,
    onHeld: (before, after) => {
      if (after.money.state !== before.money.state) held.push(after.id);
    },
  });
}

const stageOf = ({ tasks }: World, id = TASK_ID): Task['stage'] | undefined =>
  tasks.byId.get(id)?.stage;
const isHeld = ({ tasks }: World): boolean => tasks.byId.get(TASK_ID)?.money.state === 'held';

/** What a copy by hand has: the records, and the tasks as they were. */
function copyOf({ records, tasks }: World): () => void {
  const kept = new Map(records.byKey);
  const then = new Map(tasks.byId);
  return () => {
    records.byKey.clear();
    tasks.byId.clear();
    for (const [key, value] of kept) records.byKey.set(key, value);
    for (const [id, task] of then) tasks.byId.set(id, task);
  };
}

describe('a start on a store', () => {
  it('of an earlier version gives it an id and a line, and goes on', async () => {
    const world = aWorld();
    expect(await start(world)).toEqual({ held: 0, restore: undefined });
    expect(stageOf(world)).toEqual(queued());
    expect(world.records.byKey.get('meta:store')).toMatchObject({ starts: 1 });
    expect(await world.attemptLog.summary(new Set())).toMatchObject({ hasLines: true, starts: 1 });
  });

  it('after any number of ordinary ones goes on', async () => {
    const world = aWorld();
    for (let starts = 0; starts < 3; starts += 1) await start(world);
    expect(await start(world)).toEqual({ held: 0, restore: undefined });
    expect(stageOf(world)).toEqual(queued());
    expect(world.tasks.byId.get(TASK_ID)?.restored).toBeUndefined();
  });

  it.each([
    ['a replica that took over', { timeline: '00000002' }],
    ['another machine', { system: '8' }],
    ['another database', { database: '17' }],
  ])('that is on another server holds what waits, once: %s', async (_what, moved) => {
    const world = aWorld();
    const server = { system: '7', timeline: '00000001', database: '16' };
    await start(world, server);
    expect(await start(world, server)).toEqual({ held: 0, restore: undefined });
    expect(await start(world, { ...server, ...moved })).toMatchObject({ held: 1 });
    world.tasks.byId.set(TASK_ID, aTask());
    expect(await start(world, { ...server, ...moved })).toMatchObject({ held: 0 });
  });

  it('that others work on was checked by them, but not where their rows came from another server', async () => {
    const world = aWorld();
    const server = { system: '7', timeline: '00000001', database: '16' };
    await start(world, server);
    world.attemptLog = memoryAttempts();
    expect(await start(world, server, { hasCompany: true })).toMatchObject({ held: 0 });
    const promoted = { ...server, timeline: '00000002' };
    expect(await start(world, promoted, { hasCompany: true })).toMatchObject({ held: 1 });
    world.tasks.byId.set(TASK_ID, aTask());
    expect(await start(world, promoted, { hasCompany: true })).toMatchObject({ held: 0 });
  });

  it('whose server tells less than before goes on', async () => {
    const world = aWorld();
    await start(world, { system: '7', database: '16' });
    expect(await start(world, { database: '16', timeline: '2' })).toMatchObject({ held: 0 });
    expect(await start(world)).toMatchObject({ held: 0 });
  });

  it('that was copied by the tool holds what waits, once, and says since when', async () => {
    const world = aWorld();
    await start(world);
    await world.records.write([copyMark({ at: 1000, rule: HOLDS_ALL })]);
    const found = world.clock.now();
    expect(await start(world)).toMatchObject({ held: 1, restore: { since: 1000, found } });
    expect(isHeld(world)).toBe(true);
    expect(world.held).toEqual([TASK_ID]);
    expect(stageOf(world, OTHER_ID)).toEqual(running());
    expect(world.tasks.byId.get(OTHER_ID)?.restored).toBe(true);
    world.tasks.byId.set(TASK_ID, aTask());
    expect(await start(world)).toMatchObject({ held: 0, restore: { since: 1000, found } });
    expect(isHeld(world)).toBe(false);
  });

  it('says when it was found as soon as the time is known, in this start or a later one', async () => {
    const world = aWorld();
    const { clock } = world;
    await start(world);
    await world.records.write([copyMark({ at: 1000, rule: HOLDS_ALL })]);
    const untilKnown: (() => void)[] = [];
    const timeless = (then: () => void): void => void untilKnown.push(then);
    for (let starts = 0; starts < 2; starts += 1) {
      world.clock = { ...clock, now: () => 5, isKnown: () => false, onceKnown: timeless };
      // oxlint-disable-next-line no-await-in-loop -- one start after the other
      expect((await start(world)).restore).toMatchObject({ since: 1000 });
      expect(world.records.byKey.get('meta:store')).not.toHaveProperty('restore.found');
    }
    world.clock.now = () => clock.now();
    // Another process has started meanwhile.
    world.records.byKey.set('meta:store', {
      ...Object(world.records.byKey.get('meta:store')),
      starts: 7,
    });
    untilKnown.at(-1)?.();
    await clock.advance(0);
    const found = clock.now();
    expect(world.records.byKey.get('meta:store')).toMatchObject({ starts: 7, restore: { found } });
    await clock.advance(60_000);
    world.clock = clock;
    expect(await start(world)).toMatchObject({ restore: { since: 1000, found } });
  });

  it('with a damaged mark holds all the same', async () => {
    const world = aWorld();
    await start(world);
    world.records.byKey.set('meta:copy', 'rubbish');
    expect(await start(world)).toMatchObject({ held: 1 });
  });

  it('whose lines are not on this machine holds what waits', async () => {
    const world = aWorld();
    await start(world);
    world.attemptLog = memoryAttempts();
    expect(await start(world)).toMatchObject({ held: 1, restore: { since: ASKED_AT } });
    expect(await world.attemptLog.summary(new Set())).toMatchObject({ hasLines: true });
    world.tasks.byId.set(TASK_ID, aTask());
    expect(await start(world)).toMatchObject({ held: 0 });
  });

  it('of which no task is left says that nothing is in the books', async () => {
    const world = aWorld();
    await start(world);
    world.records.byKey.delete(`task:${TASK_ID}`);
    world.records.byKey.delete(`task:${OTHER_ID}`);
    world.attemptLog = memoryAttempts();
    expect(await start(world)).toMatchObject({ restore: { since: 0 } });
  });

  it('whose id is damaged holds what waits and gives it another one', async () => {
    const world = aWorld();
    await start(world);
    world.records.byKey.set('meta:store', { id: 'rubbish' });
    expect(await start(world)).toMatchObject({ held: 1 });
    expect(world.records.byKey.get('meta:store')).toMatchObject({ starts: 2 });
  });

  it('that is older than its lines by an attempt holds that task', async () => {
    const world = aWorld();
    await start(world);
    await world.attemptLog.attempt({ taskId: TASK_ID, number: 1, at: ASKED_AT - 5 });
    expect(await start(world)).toMatchObject({ held: 1, restore: { since: ASKED_AT - 5 } });
  });

  it('that is older than its lines by a start posts no new message', async () => {
    const world = aWorld();
    await start(world);
    const putBack = copyOf(world);
    await start(world);
    putBack();
    expect(await start(world)).toMatchObject({ held: 0, restore: { since: ASKED_AT } });
    expect(stageOf(world)).toEqual(queued());
    expect(world.tasks.byId.get(OTHER_ID)?.restored).toBe(true);
  });

  it('that is older than its lines by an end posts no new message', async () => {
    const world = aWorld();
    await start(world);
    await world.attemptLog.ended(OTHER_ID, ASKED_AT + 9);
    await start(world);
    expect(world.tasks.byId.get(OTHER_ID)?.restored).toBe(true);
  });

  it('warns of an earlier restore each time', async () => {
    const world = aWorld();
    await world.records.write([copyMark({ at: 1000, rule: HOLDS_ALL })]);
    await start(world);
    await start(world);
    const warnings = world.log.lines.filter(({ message }) => message.includes('not in the books'));
    expect(warnings).toMatchObject([
      { level: 'warn', fields: { since: '1970-01-01T00:00:01.000Z' } },
      { level: 'warn', fields: { since: '1970-01-01T00:00:01.000Z' } },
    ]);
  });

  it('goes on where its start cannot be noted, and takes the next one for no restore', async () => {
    const world = aWorld();
    await start(world);
    const { attemptLog } = world;
    world.attemptLog = {
      ...attemptLog,
      async started() {
        throw new Error('disk full');
      },
    };
    expect(await start(world)).toMatchObject({ held: 0 });
    world.attemptLog = attemptLog;
    expect(await start(world)).toEqual({ held: 0, restore: undefined });
  });
});

describe('a start on a restored store that is killed', () => {
  const KINDS: readonly [what: string, restore: (world: World) => Promise<void>][] = [
    [
      'a marked copy',
      async ({ records }) => records.write([copyMark({ at: 1000, rule: HOLDS_ALL })]),
    ],
    [
      'a store on another machine',
      async (world) => {
        world.attemptLog = memoryAttempts();
      },
    ],
    [
      'a copy by hand',
      async ({ attemptLog }) => attemptLog.attempt({ taskId: TASK_ID, number: 1, at: ASKED_AT }),
    ],
  ];
  it.each(
    KINDS.flatMap((kind) =>
      [0, 1, 2, 3, 4, 5].map((writes) => [kind[0], writes, kind[1]] as const),
    ),
  )(
    '%s: is judged to the end by the next start (killed at write %s)',
    async (_what, writes, restore) => {
      const world = aWorld();
      await start(world);
      await restore(world);
      dieAfter(world, writes);
      await start(world).catch(() => undefined);
      revive(world);
      const { restore: found } = await start(world);
      expect(found).toBeDefined();
      expect(isHeld(world)).toBe(true);
      expect(world.tasks.byId.get(OTHER_ID)?.restored).toBe(true);
    },
  );

  /** Every write after the first ones fails, of whichever kind. */
  function dieAfter(world: World, writes: number): void {
    let left = writes;
    const mortal =
      <A extends unknown[]>(write: (...given: A) => Promise<void>) =>
      async (...given: A): Promise<void> => {
        if (left <= 0) throw new Error('killed');
        left -= 1;
        return write(...given);
      };
    const { records, tasks, attemptLog } = world;
    alive.set(world, { records, port: tasks.port, attemptLog });
    world.records = {
      ...records,
      write: mortal(async (given: Written) => records.write(given)),
      remove: mortal(async (keys: readonly string[]) => records.remove(keys)),
    };
    world.tasks = {
      ...tasks,
      port: {
        ...tasks.port,
        save: mortal(async (task: Task, was: Task) => tasks.port.save(task, was)),
      },
    };
    world.attemptLog = {
      ...attemptLog,
      started: mortal(async (starts: number, at: number) => attemptLog.started(starts, at)),
    };
  }
  const alive = new WeakMap<
    World,
    Pick<World, 'records' | 'attemptLog'> & { readonly port: World['tasks']['port'] }
  >();
  function revive(world: World): void {
    const before = alive.get(world);
    if (before === undefined) throw new Error('nobody was killed');
    world.records = before.records;
    world.attemptLog = before.attemptLog;
    world.tasks = { ...world.tasks, port: before.port };
  }
});
