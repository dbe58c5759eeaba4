import { ALL_SLOTS } from '../../src/domain/slots.ts';
import { describe, expect, it } from 'vitest';
import { createHoldActions } from '../../src/app/hold-actions.ts';
import type { HoldActions } from '../../src/app/hold-actions.ts';
import { startLostCreates } from '../../src/app/lost-creates.ts';
import { OWNS_ALL } from '../../src/app/owns-all.ts';
import type { ListOutcome, TaskSearch } from '../../src/app/ports/provider-port.ts';
import type { Restore } from '../../src/app/ports/store-origin-port.ts';
import type { ListedTask } from '../../src/domain/tasks/match-lost.ts';
import { snowflakeAt } from '../../src/domain/tasks/snowflake.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { createWorker } from '../../src/worker/worker.ts';
import { GUILD_ID, aTask, ended, running, submitting, telling } from '../fakes/a-task.ts';
import type { TaskChanges } from '../fakes/a-task.ts';
import { NOON, settle } from '../fakes/clock.ts';
import { dyingAt } from '../fakes/dying-process.ts';
import { processIn, workerWorld } from '../fakes/worker-world.ts';
import type { Guard, WorkerWorld } from '../fakes/worker-world.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const ID = snowflakeAt(NOON);
const OTHER_ID = snowflakeAt(NOON + 1);
const HELD = { state: 'held', amounts: { videos: 1n, seconds: 5n } } as const;
const ROUTE = 'jimmy/seedance2.0-sp';

/** A task whose create was sent at noon and never answered. */
function lostTask(changes: TaskChanges = {}): Task {
  return aTask({
    id: ID,
    attempts: [{ route: ROUTE, at: NOON, outcome: 'unknown' }],
    money: HELD,
    stage: ended({ kind: 'outcome-unknown' }, { endedAt: NOON + SECOND }),
    ...changes,
  });
}

const listed = (providerTaskId: string, changes: Partial<ListedTask> = {}): ListedTask => ({
  providerTaskId,
  createdAt: NOON,
  facts: { model: ROUTE, duration: '5' },
  ...changes,
});

interface Listing {
  /** What the list has; or how it fails. */
  tasks: ListedTask[];
  fails: boolean;
  /** When it was read, in milliseconds after noon. */
  readonly readAt: number[];
  readonly search: TaskSearch;
}

/** A provider's list as the test has it. */
function listingIn(world: WorkerWorld, guard?: Guard): Listing {
  const read = async (): Promise<ListOutcome> => {
    listing.readAt.push(world.clock.now() - NOON);
    if (listing.fails) return { kind: 'no-answer', detail: 'HTTP 503' };
    return { kind: 'listed', tasks: listing.tasks };
  };
  const listing: Listing = {
    tasks: [],
    fails: false,
    readAt: [],
    search: {
      keptMs: 7 * DAY,
      expects: ({ route, durationSeconds }) => ({
        model: route,
        duration: String(durationSeconds),
      }),
      list: async () => (guard === undefined ? read() : guard('provider.list', read, [])),
    },
  };
  return listing;
}

/** One process with its worker, its holds and its search. */
async function start(
  world: WorkerWorld,
  listing: Listing,
  guard?: Guard,
  {
    ownership = OWNS_ALL,
    restore,
  }: { readonly ownership?: typeof OWNS_ALL; readonly restore?: Restore } = {},
) {
  const { deps, polls, sends, progress } = processIn(world, guard);
  const worker = createWorker(deps);
  const holds: HoldActions = createHoldActions({
    ...deps,
    currency: 'USD',
    handOver: (task) => worker.add(task),
    betweenSteps: worker.betweenSteps,
  });
  const started = worker.resume(ALL_SLOTS);
  if (guard === undefined) await started;
  const loop = startLostCreates({
    ...deps,
    ownership,
    attemptLog: world.attempts,
    ...(restore === undefined ? {} : { restore }),
    holds,
    providers: new Map([['jimmy', { search: listing.search }]]),
    taskTimeoutMs: deps.policy.taskTimeoutMs,
  });
  await settle();
  const cut = (): void => {
    polls.abort();
    sends.abort();
    progress.stop();
  };
  return {
    holds,
    cut,
    async stop() {
      await loop.stop();
      await worker.stop();
      cut();
    },
  };
}

const stored = ({ tasks }: WorkerWorld, id = ID): Task | undefined => tasks.byId.get(id);
const endOf = (task: Task | undefined): string | undefined =>
  task?.stage.name === 'ended' ? task.stage.outcome.kind : task?.stage.name;

describe('a create whose answer never came', () => {
  it('is looked for after 10 seconds and after 1, 5 and 15 minutes, and stays held', async () => {
    const world = workerWorld(lostTask());
    const listing = listingIn(world);
    const process = await start(world, listing);
    await world.clock.advance(9 * SECOND);
    expect(listing.readAt).toEqual([]);
    await world.clock.advance(DAY / 24);
    expect(listing.readAt).toHaveLength(4);
    for (const [index, due] of [10 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE].entries()) {
      expect(listing.readAt[index]).toBeGreaterThanOrEqual(due);
      expect(listing.readAt[index]).toBeLessThanOrEqual(due + 5 * SECOND);
    }
    expect(stored(world)).toEqual(lostTask());
    await process.stop();
  });

  it('goes on as running once the list shows it, and is delivered and settled', async () => {
    const world = workerWorld(lostTask());
    world.provider.queryAnswers.push({ kind: 'pending' }, { kind: 'pending' });
    const listing = listingIn(world);
    const process = await start(world, listing);
    await world.clock.advance(30 * SECOND);
    expect(endOf(stored(world))).toBe('outcome-unknown');
    // A list may show a task late, and twice.
    listing.tasks = [listed('p-found'), listed('p-found')];
    await world.clock.advance(40 * SECOND);
    expect(world.provider.queries).toContain('p-found');
    await world.clock.advance(5 * MINUTE);
    expect(stored(world)).toMatchObject({
      attempts: [{ outcome: 'created', providerTaskId: 'p-found' }],
      stage: { name: 'ended', outcome: { kind: 'delivered', how: 'attachment' } },
      money: { state: 'settled' },
    });
    expect(listing.readAt).toHaveLength(2);
    expect(world.provider.creates).toEqual([]);
    expect(world.channel.messagesWithFile()).toHaveLength(1);
    await process.stop();
  });

  it.each<[string, Restore, string]>([
    ['when a copy was made of it', { since: NOON + SECOND, found: NOON + MINUTE }, 'held'],
    ['between a copy and its restore', { since: NOON - MINUTE, found: NOON + SECOND }, 'held'],
    ['long after a restore', { since: NOON - DAY, found: NOON - DAY / 2 }, 'settled'],
    ['long before a copy', { since: NOON + DAY, found: NOON + DAY }, 'settled'],
  ])('sent %s may be another’s in the list', async (_when, restore, money) => {
    const world = workerWorld(lostTask());
    const listing = listingIn(world);
    listing.tasks = [listed('p-found')];
    const process = await start(world, listing, undefined, { restore });
    await world.clock.advance(5 * MINUTE);
    expect(stored(world)?.money.state).toBe(money);
    await process.stop();
  });

  it.each<[string, number, string]>([
    ['at that time', SECOND, 'held'],
    ['shortly before', -20 * SECOND, 'held'],
    ['long before', -10 * MINUTE, 'settled'],
    ['long after', 10 * MINUTE, 'settled'],
  ])('may be another’s if a task without a record was sent %s', async (_when, after, money) => {
    const world = workerWorld(lostTask());
    await world.attempts.attempt({ taskId: OTHER_ID, number: 1, at: NOON + after });
    await world.attempts.attempt({ taskId: ID, number: 1, at: NOON });
    const listing = listingIn(world);
    listing.tasks = [listed('p-found')];
    const process = await start(world, listing);
    await world.clock.advance(5 * MINUTE);
    expect(stored(world)?.money.state).toBe(money);
    await process.stop();
  });

  it('keeps its price held until the provider says how it ended', async () => {
    const world = workerWorld(lostTask());
    const listing = listingIn(world);
    listing.tasks = [listed('p-found')];
    for (let poll = 0; poll < 20; poll += 1) world.provider.queryAnswers.push({ kind: 'pending' });
    const process = await start(world, listing);
    await world.clock.advance(12 * SECOND);
    expect(stored(world)).toMatchObject({
      stage: { name: 'running', providerTaskId: 'p-found', createdAt: NOON },
      money: HELD,
    });
    await process.stop();
  });

  it.each<[string, ListedTask[]]>([
    ['none', []],
    ['two', [listed('p-1'), listed('p-2')]],
    ['one of another model', [listed('p-1', { facts: { model: 'other' } })]],
    ['one of another length', [listed('p-1', { facts: { model: ROUTE, duration: '6' } })]],
    ['one from before', [listed('p-1', { createdAt: NOON - MINUTE })]],
    ['one from later', [listed('p-1', { createdAt: NOON + 7 * MINUTE })]],
  ])('stays held where %s is listed', async (_what, tasks) => {
    const world = workerWorld(lostTask());
    const listing = listingIn(world);
    listing.tasks = tasks;
    const process = await start(world, listing);
    await world.clock.advance(20 * MINUTE);
    expect(stored(world)).toEqual(lostTask());
    expect(world.provider.queries).toEqual([]);
    await process.stop();
  });

  it('is looked for again after a minute where the list was not answered', async () => {
    const world = workerWorld(lostTask());
    const listing = listingIn(world);
    listing.fails = true;
    listing.tasks = [listed('p-found')];
    const process = await start(world, listing);
    await world.clock.advance(30 * MINUTE);
    expect(endOf(stored(world))).toBe('outcome-unknown');
    expect(listing.readAt.length).toBeGreaterThan(20);
    listing.fails = false;
    await world.clock.advance(2 * MINUTE);
    expect(endOf(stored(world))).toBe('delivered');
    await process.stop();
  });

  it('is looked for once more by a start, however late, while the provider lists it', async () => {
    for (const [ms, reads] of [
      [6 * DAY, 1],
      [8 * DAY, 0],
    ] as const) {
      const world = workerWorld(lostTask());
      await world.clock.advance(ms);
      const listing = listingIn(world);
      const process = await start(world, listing);
      await world.clock.advance(MINUTE);
      expect(listing.readAt).toHaveLength(reads);
      await process.stop();
    }
  });

  it('that a kill left is held first, and then found', async () => {
    const attempts = [{ route: ROUTE, at: NOON }];
    const sending = { attempts, stage: submitting(), money: aTask().money };
    const world = workerWorld(lostTask(sending));
    const listing = listingIn(world);
    listing.tasks = [listed('p-found')];
    const process = await start(world, listing);
    await world.clock.advance(9 * SECOND);
    expect(stored(world)).toMatchObject({ money: { state: 'held' } });
    expect(endOf(stored(world))).toBe('outcome-unknown');
    await world.clock.advance(MINUTE);
    expect(endOf(stored(world))).toBe('delivered');
    expect(world.provider.creates).toEqual([]);
    await process.stop();
  });

  it('waits for the last word on its message', async () => {
    const stage = telling({ kind: 'outcome-unknown' });
    const world = workerWorld(lostTask({ stage }));
    world.channel.scripted.editByToken.push(
      ...Array.from(
        { length: 5 },
        () => ({ kind: 'try-again', afterMs: 8000, detail: '' }) as const,
      ),
    );
    const listing = listingIn(world);
    listing.tasks = [listed('p-found')];
    const process = await start(world, listing);
    await world.clock.advance(2 * MINUTE);
    expect(endOf(stored(world))).toBe('delivered');
    await process.stop();
  });
});

it('a create of a guild that this process takes over is looked for from then on', async () => {
  const world = workerWorld(lostTask());
  const listing = listingIn(world);
  listing.tasks.push(listed('p-1'));
  const own = new Set<string>();
  const process = await start(world, listing, undefined, {
    ownership: { ...OWNS_ALL, owns: (guild: string) => own.has(guild) },
  });
  await world.clock.advance(20 * SECOND);
  expect(listing.readAt).toEqual([]);
  own.add(GUILD_ID);
  await world.clock.advance(20 * SECOND);
  expect(endOf(stored(world))).toBe('delivered');
  await process.stop();
});

it('a create of a guild that this process lost is looked for by it no more', async () => {
  const world = workerWorld(lostTask());
  const listing = listingIn(world);
  const own = new Set([GUILD_ID]);
  const process = await start(world, listing, undefined, {
    ownership: { ...OWNS_ALL, owns: (guild: string) => own.has(guild) },
  });
  await world.clock.advance(20 * SECOND);
  const { length } = listing.readAt;
  expect(length).toBeGreaterThan(0);
  own.clear();
  listing.tasks.push(listed('p-1'));
  await world.clock.advance(4 * MINUTE);
  expect(listing.readAt).toHaveLength(length);
  own.add(GUILD_ID);
  await world.clock.advance(20 * SECOND);
  expect(endOf(stored(world))).toBe('delivered');
  await process.stop();
});

describe('a listed task', () => {
  it('that is another one’s already is not taken', async () => {
    const other = lostTask({
      id: OTHER_ID,
      attempts: [{ route: ROUTE, at: NOON, outcome: 'created', providerTaskId: 'p-1' }],
      stage: running({ providerTaskId: 'p-1' }),
      money: aTask().money,
    });
    const world = workerWorld(lostTask(), other);
    for (let poll = 0; poll < 99; poll += 1) world.provider.queryAnswers.push({ kind: 'pending' });
    const listing = listingIn(world);
    listing.tasks = [listed('p-1')];
    const process = await start(world, listing);
    await world.clock.advance(2 * MINUTE);
    expect(endOf(stored(world))).toBe('outcome-unknown');
    listing.tasks = [listed('p-1'), listed('p-2')];
    await world.clock.advance(4 * MINUTE);
    expect(stored(world)).toMatchObject({ stage: { providerTaskId: 'p-2' } });
    await process.stop();
  });

  it.each<[string, TaskChanges]>([
    ['lost as well', {}],
    ['being sent', { stage: submitting(), attempts: [{ route: ROUTE, at: NOON }] }],
    [
      'lost, and its hold resolved',
      { money: { state: 'settled', amounts: { videos: 1n, seconds: 5n } } },
    ],
    ['lost, and unreadable', { secrets: {} }],
  ])('that may be of a task that is %s is not taken', async (_what, changes) => {
    const world = workerWorld(lostTask());
    const listing = listingIn(world);
    listing.tasks = [listed('p-1')];
    const process = await start(world, listing);
    // Beside the worker, which would end one that is being sent.
    world.tasks.byId.set(OTHER_ID, lostTask({ id: OTHER_ID, ...changes }));
    await world.clock.advance(20 * MINUTE);
    expect(endOf(stored(world))).toBe('outcome-unknown');
    await process.stop();
  });

  it('is given to each of two tasks where that is possible in one way', async () => {
    const later = {
      attempts: [{ route: ROUTE, at: NOON + 4 * MINUTE, outcome: 'unknown' as const }],
    };
    const stage = ended({ kind: 'outcome-unknown' }, { endedAt: NOON + 4 * MINUTE });
    const world = workerWorld(lostTask(), lostTask({ id: OTHER_ID, ...later, stage }));
    const listing = listingIn(world);
    listing.tasks = [listed('p-1'), listed('p-2', { createdAt: NOON + 4 * MINUTE })];
    const process = await start(world, listing);
    await world.clock.advance(20 * MINUTE);
    expect(stored(world)).toMatchObject({ stage: { providerTaskId: 'p-1' } });
    expect(stored(world, OTHER_ID)).toMatchObject({ stage: { providerTaskId: 'p-2' } });
    await process.stop();
  });
});

describe('a hold that was resolved before the task was found', () => {
  it('by an admin keeps the side of the server as it is, and brings the video', async () => {
    const world = workerWorld(lostTask());
    const listing = listingIn(world);
    const process = await start(world, listing);
    await process.holds.act(GUILD_ID, ID, { kind: 'release' }, 'admin');
    listing.tasks = [listed('p-found')];
    await world.clock.advance(MINUTE);
    expect(stored(world)).toMatchObject({
      money: { state: 'released' },
      operatorMoney: { state: 'settled' },
      stage: { outcome: { kind: 'delivered' } },
    });
    await process.stop();
  });

  it('by the operator is not looked for any more', async () => {
    const world = workerWorld(lostTask());
    const listing = listingIn(world);
    listing.tasks = [listed('p-found')];
    const process = await start(world, listing);
    await process.holds.endForOperator(ID, { kind: 'release' }, 'r-1');
    await world.clock.advance(20 * MINUTE);
    expect(endOf(stored(world))).toBe('outcome-unknown');
    expect(stored(world)?.money.state).toBe('released');
    expect(world.provider.queries).toEqual([]);
    await process.stop();
  });
});

describe('killed while a lost create is looked for', () => {
  it.each(['before', 'after'] as const)(
    'at any effect, %s it took hold, it is found once and never sent',
    async (when) => {
      let kills = 0;
      for (let nth = 1; nth <= 40; nth += 1) {
        const world = workerWorld(lostTask());
        const { guard, isDead } = dyingAt(nth, when);
        const dying = listingIn(world, guard);
        dying.tasks = [listed('p-found')];
        const process = await start(world, dying, guard);
        while (!isDead() && endOf(stored(world)) !== 'delivered') {
          await world.clock.advanceToNextTimer();
        }
        if (isDead()) {
          kills += 1;
          process.cut();
        } else await process.stop();

        const listing = listingIn(world);
        listing.tasks = [listed('p-found')];
        const next = await start(world, listing);
        await world.clock.advance(2 * MINUTE);
        await next.stop();
        expect({
          nth,
          end: endOf(stored(world)),
          money: stored(world)?.money.state,
          posted: world.channel.messagesWithFile().length,
          creates: world.provider.creates.length,
        }).toEqual({ nth, end: 'delivered', money: 'settled', posted: 1, creates: 0 });
      }
      expect(kills).toBeGreaterThan(5);
      expect(kills).toBeLessThan(40);
    },
  );
});
