import { OWNS_ALL } from '../../src/app/owns-all.ts';
import { ALL_SLOTS } from '../../src/domain/slots.ts';
import type { TaskChanges } from '../fakes/a-task.ts';
import { describe, expect, it } from 'vitest';
import { createHoldActions } from '../../src/app/hold-actions.ts';
import type { HoldActions } from '../../src/app/hold-actions.ts';
import { startLatePolls } from '../../src/app/late-polls.ts';
import type { QueryOutcome } from '../../src/domain/tasks/provider-answer.ts';
import { snowflakeAt } from '../../src/domain/tasks/snowflake.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { createWorker } from '../../src/worker/worker.ts';
import {
  GUILD_ID,
  RESULT_URL,
  SETTINGS,
  aRefusal,
  aTask,
  ended,
  running,
} from '../fakes/a-task.ts';
import { NOON, settle } from '../fakes/clock.ts';
import { processIn, workerWorld } from '../fakes/worker-world.ts';
import type { WorkerWorld } from '../fakes/worker-world.ts';

const HOUR = 3_600_000;
const HELD = { state: 'held', amounts: { videos: 1n, seconds: 5n } } as const;
const ID = snowflakeAt(NOON);
const FINISHED: QueryOutcome = { kind: 'finished', resultUrl: RESULT_URL };
const PENDING: QueryOutcome = { kind: 'pending' };

/** Sent at noon and still running; its hour is over at one o'clock. */
const slow = (changes: TaskChanges = {}): Task =>
  aTask({ id: ID, stage: running({ providerTaskId: 'p-slow' }), ...changes });

/** What `slow` has become when it was given up. */
function heldTask(changes: TaskChanges = {}): Task {
  const known = { providerTaskId: 'p-slow', createdAt: NOON, endedAt: NOON + HOUR };
  return aTask({ id: ID, money: HELD, stage: ended({ kind: 'timed-out' }, known), ...changes });
}

interface Process {
  readonly holds: HoldActions;
  /** Unfinished tasks as they count against a member's limit. */
  active(): number;
  /** Pauses the provider for five minutes. */
  pause(): Promise<unknown>;
  stop(): Promise<void>;
}

/** One process with its worker, its desk and its late polls. */
async function start(world: WorkerWorld): Promise<Process> {
  const { deps, polls, sends, progress } = processIn(world);
  const worker = createWorker(deps);
  const { store, clock, log } = deps;
  const holds = createHoldActions({
    ownership: OWNS_ALL,
    store,
    clock,
    log,
    currency: 'USD',
    handOver: (task) => worker.add(task),
    betweenSteps: worker.betweenSteps,
  });
  await worker.resume(ALL_SLOTS);
  const latePolls = startLatePolls({ ...deps, holds, taskTimeoutMs: deps.policy.taskTimeoutMs });
  await settle();
  return {
    holds,
    active: () => deps.active.total(),
    pause: async () => deps.pauses.pauseOnAccountRefusal('jimmy', 'unauthorized'),
    async stop() {
      polls.abort();
      await latePolls.stop();
      await worker.stop();
      sends.abort();
      progress.stop();
    },
  };
}

/** Answers every look so until it is told something else. */
function answerAll(world: WorkerWorld, answer: QueryOutcome): void {
  world.provider.queryAnswers.length = 0;
  for (let look = 0; look < 1000; look += 1) world.provider.queryAnswers.push(answer);
}

/** An answer that comes when the test lets it. */
function answerLater(world: WorkerWorld): () => Promise<void> {
  const answers: ((outcome: QueryOutcome) => void)[] = [];
  let isAnswered = false;
  world.provider.port.query = async (id) => {
    world.provider.queries.push(id);
    return new Promise((resolve) => {
      if (isAnswered) resolve(FINISHED);
      else answers.push(resolve);
    });
  };
  return async () => {
    isAnswered = true;
    for (const answer of answers) answer(FINISHED);
    await settle();
  };
}

const queries = ({ provider }: WorkerWorld): number => provider.queries.length;
const stored = ({ tasks }: WorkerWorld): Task | undefined => tasks.byId.get(ID);

describe('a task that was given up', () => {
  it('is asked about once an hour, and delivered and settled when it is finished', async () => {
    const world = workerWorld(slow());
    answerAll(world, PENDING);
    const process = await start(world);
    await world.clock.advance(HOUR + 60_000);
    expect(stored(world)).toMatchObject({
      money: { state: 'held' },
      stage: { name: 'ended', outcome: { kind: 'timed-out' }, createdAt: NOON },
    });
    expect(process.active()).toBe(0);
    const before = queries(world);
    await world.clock.advance(3 * HOUR);
    expect(queries(world) - before).toBe(3);
    expect(process.active()).toBe(0);

    answerAll(world, FINISHED);
    await world.clock.advance(HOUR);
    expect(stored(world)).toMatchObject({
      money: { state: 'settled' },
      stage: { name: 'ended', outcome: { kind: 'delivered', how: 'attachment' } },
    });
    expect(new Set(world.provider.queries)).toEqual(new Set(['p-slow']));
    expect(world.provider.creates).toEqual([]);
    expect(world.channel.messagesWithFile()).toHaveLength(1);
    await process.stop();
  });

  it('is released, as the table says, when it failed after all', async () => {
    const world = workerWorld(heldTask());
    await world.clock.advance(HOUR);
    answerAll(world, { kind: 'failed', refusal: aRefusal() });
    const process = await start(world);
    await world.clock.advance(HOUR);
    await world.clock.advance(1000);
    expect(stored(world)).toMatchObject({
      money: { state: 'released', assumed: true },
      stage: { name: 'ended', outcome: { kind: 'failed' } },
    });
    await process.stop();
  });

  it.each<[string, QueryOutcome]>([
    ['pending', PENDING],
    ['missing', { kind: 'missing' }],
    ['busy', { kind: 'busy', detail: 'HTTP 429' }],
    ['a wrong address', { kind: 'fault', fault: 'wrong-address', detail: 'HTTP 404' }],
    ['a refused key', { kind: 'fault', fault: 'unauthorized', detail: 'HTTP 401' }],
  ])(
    'stays held where it is %s, and is asked about no longer than a day',
    async (_what, answer) => {
      const world = workerWorld(heldTask());
      await world.clock.advance(HOUR + 1000);
      answerAll(world, answer);
      const process = await start(world);
      await world.clock.advance(23 * HOUR);
      expect(queries(world)).toBe(23);
      await world.clock.advance(100 * HOUR);
      expect(queries(world)).toBe(23);
      expect(stored(world)).toEqual(heldTask());
      await process.stop();
    },
  );

  it('is asked about no more often by a process that is started again and again', async () => {
    const world = workerWorld(heldTask());
    await world.clock.advance(HOUR + 1000);
    answerAll(world, PENDING);
    for (let starts = 0; starts < 12; starts += 1) {
      const process = await start(world);
      await world.clock.advance(HOUR / 4);
      await process.stop();
    }
    expect(queries(world)).toBe(3);
  });

  it('is asked about no more once the operator ended its hold as well', async () => {
    const world = workerWorld(heldTask());
    await world.clock.advance(HOUR + 1000);
    answerAll(world, PENDING);
    const process = await start(world);
    await world.clock.advance(HOUR);
    expect(queries(world)).toBe(1);
    await process.holds.act(GUILD_ID, ID, { kind: 'release' }, 'admin');
    await process.holds.endForOperator(ID, { kind: 'release' }, 'request');
    answerAll(world, FINISHED);
    await world.clock.advance(5 * HOUR);
    expect(queries(world)).toBe(1);
    expect(stored(world)).toMatchObject({ money: { state: 'released' } });
    await process.stop();
  });

  it('whose hold the operator ends while it is asked about stays ended', async () => {
    const world = workerWorld(heldTask());
    await world.clock.advance(HOUR + 1000);
    const answer = answerLater(world);
    const process = await start(world);
    await world.clock.advance(HOUR);
    expect(queries(world)).toBe(1);
    await process.holds.endForOperator(ID, { kind: 'release' }, 'request');
    await answer();
    await world.clock.advance(1000);
    expect(stored(world)).toMatchObject({
      money: { state: 'released' },
      stage: { name: 'ended', outcome: { kind: 'timed-out' } },
    });
    await process.stop();
  });

  it('is delivered although an admin ended its hold meanwhile, whose sums stay as they are', async () => {
    const world = workerWorld(heldTask());
    await world.clock.advance(HOUR + 1000);
    const answer = answerLater(world);
    const process = await start(world);
    await world.clock.advance(HOUR);
    await process.holds.act(GUILD_ID, ID, { kind: 'release' }, 'admin');
    await world.clock.advance(1000);
    await answer();
    await world.clock.advance(2 * HOUR);
    expect(stored(world)).toMatchObject({
      money: { state: 'released' },
      operatorMoney: { state: 'settled' },
      stage: { name: 'ended', outcome: { kind: 'delivered' } },
    });
    await process.stop();
  });

  it('keeps the day of its create when an admin asked again in between', async () => {
    const world = workerWorld(heldTask());
    await world.clock.advance(HOUR + 1000);
    answerAll(world, PENDING);
    const process = await start(world);
    await process.holds.act(GUILD_ID, ID, { kind: 'ask-again' }, 'admin');
    await world.clock.advance(2 * HOUR);
    expect(stored(world)?.stage).toMatchObject({ name: 'ended', createdAt: NOON });
    await world.clock.advance(40 * HOUR);
    const all = queries(world);
    await world.clock.advance(40 * HOUR);
    expect(queries(world)).toBe(all);
    await process.stop();
  });

  it('is asked about after a pause of its provider into which its hour fell, once', async () => {
    const world = workerWorld(heldTask());
    await world.clock.advance(HOUR + 1000);
    answerAll(world, PENDING);
    const process = await start(world);
    await world.clock.advance(HOUR - 60_000);
    await process.pause();
    await world.clock.advance(4 * 60_000);
    expect(queries(world)).toBe(0);
    await world.clock.advance(2 * 60_000);
    expect(queries(world)).toBe(1);
    await world.clock.advance(HOUR - 10 * 60_000);
    expect(queries(world)).toBe(1);
    await world.clock.advance(10 * 60_000);
    expect(queries(world)).toBe(2);
    await process.stop();
  });

  it('is not asked about after a pause that outlasts its day', async () => {
    const world = workerWorld(heldTask());
    await world.clock.advance(23 * HOUR + 1000);
    answerAll(world, PENDING);
    const process = await start(world);
    await world.clock.advance(HOUR - 60_000);
    await process.pause();
    await world.clock.advance(3 * HOUR);
    expect(queries(world)).toBe(0);
    await process.stop();
  });

  it('is asked about in the next hour again where the store failed', async () => {
    const world = workerWorld(heldTask());
    await world.clock.advance(HOUR + 1000);
    answerAll(world, FINISHED);
    const process = await start(world);
    world.tasks.failures = 1;
    await world.clock.advance(HOUR);
    await world.clock.advance(HOUR);
    expect(stored(world)).toMatchObject({
      money: { state: 'settled' },
      stage: { name: 'ended', outcome: { kind: 'delivered' } },
    });
    await process.stop();
  });

  it('is delivered although its model has gone meanwhile', async () => {
    const settings = { ...SETTINGS, route: 'jimmy/gone' };
    const world = workerWorld(heldTask({ settings }));
    await world.clock.advance(HOUR + 1000);
    answerAll(world, FINISHED);
    const process = await start(world);
    await world.clock.advance(HOUR);
    await world.clock.advance(1000);
    expect(stored(world)).toMatchObject({
      money: { state: 'settled' },
      stage: { name: 'ended', outcome: { kind: 'delivered', how: 'attachment' } },
    });
    await process.stop();
  });

  it('of another end, or long ago, is left to the admins', async () => {
    const stage = ended({ kind: 'unknown-to-provider' }, { providerTaskId: 'p-1' });
    const old = { id: snowflakeAt(NOON - 100 * HOUR), acceptedAt: NOON - 100 * HOUR };
    const world = workerWorld(heldTask({ stage }), heldTask(old));
    answerAll(world, FINISHED);
    const process = await start(world);
    await world.clock.advance(30 * HOUR);
    expect(queries(world)).toBe(0);
    await process.stop();
  });
});

describe('a task that is held because its model has gone', () => {
  it('is asked about when an admin says so, and a link is as good as its provider keeps it', async () => {
    const settings = { ...SETTINGS, route: 'jimmy/gone' };
    const world = workerWorld(slow({ settings }));
    answerAll(world, FINISHED);
    world.video.answers.push({ kind: 'too-large', bytes: 600_000_000 });
    const process = await start(world);
    expect(stored(world)).toMatchObject({
      money: { state: 'held' },
      stage: { name: 'ended', outcome: { kind: 'route-removed' } },
    });
    expect(queries(world)).toBe(0);
    await process.holds.act(GUILD_ID, ID, { kind: 'ask-again' }, 'admin');
    await world.clock.advance(1000);
    const { stage } = stored(world) ?? {};
    expect(stage).toMatchObject({ outcome: { kind: 'delivered', how: 'link' } });
    const until = stage?.name === 'ended' && 'until' in stage.outcome ? stage.outcome.until : 0;
    expect(until - NOON).toBeGreaterThan(70 * HOUR);
    await process.stop();
  });
});
