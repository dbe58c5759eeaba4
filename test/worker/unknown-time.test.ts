import { ALL_SLOTS } from '../../src/domain/slots.ts';
import { describe, expect, it } from 'vitest';
import { createDiscordTime } from '../../src/app/discord-time.ts';
import { snowflakeAt } from '../../src/domain/tasks/snowflake.ts';
import type { PollBounds } from '../../src/domain/durations/poll-plan.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { createWorker } from '../../src/worker/worker.ts';
import {
  RESULT_URL,
  SETTINGS,
  aRefusal,
  aTask,
  delivering,
  queued,
  running,
  submitting,
} from '../fakes/a-task.ts';
import { NOON, settle } from '../fakes/clock.ts';
import { processIn, workerWorld } from '../fakes/worker-world.ts';
import type { WorkerWorld } from '../fakes/worker-world.ts';

const DAY_MS = 86_400_000;

/** A start over these tasks, on a machine where Discord has not told the time yet. */
async function startOver(...tasks: readonly Task[]) {
  return startIn(workerWorld(...tasks));
}

async function startIn(world: WorkerWorld, bounds?: PollBounds) {
  const time = createDiscordTime(world.clock, world.log);
  const { deps, progress } = processIn({ ...world, clock: { ...world.clock, ...time } });
  const { durations } = deps;
  const of: typeof durations.of = (task) => {
    const known = durations.of(task);
    return { ...known, plan: { ...known.plan, ...(bounds && { bounds }) } };
  };
  const worker = createWorker({ ...deps, durations: { ...durations, of }, clock: time });
  const before = JSON.stringify([...world.tasks.byId.values()], bigints);
  await worker.resume(ALL_SLOTS);
  const isUntouched = (): boolean =>
    JSON.stringify([...world.tasks.byId.values()], bigints) === before;
  const stop = async (): Promise<void> => {
    progress.stop();
    await worker.stop();
  };
  return { ...world, time, isUntouched, stop };
}

const bigints = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

const called = { id: snowflakeAt(NOON) };

describe('before the time is known', () => {
  it('a running task is polled by waits alone, and nothing of it is written', async () => {
    const { clock, provider, isUntouched, stop } = await startOver(
      aTask({ ...called, stage: running() }),
    );
    provider.queryAnswers.push(...Array.from({ length: 50 }, () => ({ kind: 'pending' }) as const));
    await clock.advance(10 * 60_000);
    expect(provider.queries.length).toBeGreaterThan(5);
    expect(provider.queries.length).toBeLessThan(60);
    expect(isUntouched()).toBe(true);
    await stop();
  });

  it.each([
    ['gone', false],
    ['known to other processes', true],
  ])('a running task whose route may be %s is polled only if so: %s', async (_, mayLackRoutes) => {
    const settings = { ...SETTINGS, route: 'jimmy/of-a-newer-version' };
    const world = workerWorld(aTask({ ...called, settings, stage: running() }));
    world.mayLackRoutes = mayLackRoutes;
    const { clock, provider, isUntouched, stop } = await startIn(world);
    provider.queryAnswers.push({ kind: 'pending' });
    await clock.advance(100);
    expect(provider.queries.length > 0).toBe(mayLackRoutes);
    expect(isUntouched()).toBe(true);
    await stop();
  });

  it('a poll after a fault waits longer and longer, whatever polls may wait at most', async () => {
    const world = workerWorld(aTask({ ...called, stage: running() }));
    const { clock, provider, stop } = await startIn(world, { minMs: 10, maxMs: 100 });
    provider.queryAnswers.push(
      ...Array.from(
        { length: 500 },
        () => ({ kind: 'fault', fault: 'unavailable', detail: 'down' }) as const,
      ),
    );
    await clock.advance(60_000);
    expect(provider.queries.length).toBeLessThan(20);
    await stop();
  });

  it('a poll waits as long as the provider asks', async () => {
    const { clock, provider, stop } = await startOver(aTask({ ...called, stage: running() }));
    provider.queryAnswers.push({ kind: 'busy', retryAfterMs: 300_000, detail: '' });
    await clock.advance(299_999);
    expect(provider.queries).toHaveLength(1);
    await clock.advance(2);
    expect(provider.queries).toHaveLength(2);
    await stop();
  });

  it.each([
    ['queued', queued()],
    ['submitting', submitting()],
    ['delivering', delivering()],
    ['acknowledging', { name: 'acknowledging' } as const],
  ])('a task that is %s waits, untouched, whatever the machine says', async (_, stage) => {
    const { clock, provider, isUntouched, stop } = await startOver(aTask({ ...called, stage }));
    await clock.advance(DAY_MS);
    expect(isUntouched()).toBe(true);
    expect(provider.creates).toEqual([]);
    await stop();
  });
});

describe('when the time becomes known', () => {
  it('every task goes on where it stood, and ends as it should', async () => {
    const secrets = { ...aTask().secrets, resultUrl: RESULT_URL };
    const world = await startOver(
      aTask({ id: snowflakeAt(NOON), stage: queued() }),
      aTask({ id: snowflakeAt(NOON + 1), stage: submitting() }),
      aTask({ id: snowflakeAt(NOON + 2), stage: running() }),
      aTask({ id: snowflakeAt(NOON + 3), stage: delivering(), secrets }),
    );
    const { clock, time, tasks, provider } = world;
    provider.queryAnswers.push({ kind: 'finished', resultUrl: RESULT_URL });
    provider.createAnswers.push({ kind: 'refused', refusal: aRefusal() });
    await clock.advance(60_000);
    time.sawDate(NOON + 60_000, time.elapsed());
    time.sawDate(NOON + 60_000, time.elapsed());
    await clock.advance(60_000);
    const outcomes = [...tasks.byId.values()].map(({ stage }) =>
      stage.name === 'ended' ? stage.outcome.kind : stage.name,
    );
    expect(outcomes).toEqual(['refused', 'outcome-unknown', 'delivered', 'delivered']);
    await world.stop();
  });

  it('a task that a wrong clock dated ahead has its whole time from now on', async () => {
    const ahead = NOON + 500 * DAY_MS;
    const world = await startOver(
      aTask({ ...called, acceptedAt: ahead, stage: running({ submittedAt: ahead }) }),
    );
    const { clock, time, tasks, provider } = world;
    provider.queryAnswers.push(
      ...Array.from({ length: 500 }, () => ({ kind: 'pending' }) as const),
    );
    time.sawDate(NOON, 0);
    await clock.advance(59 * 60_000);
    const [task] = tasks.byId.values();
    expect(task).toMatchObject({ acceptedAt: NOON, stage: { submittedAt: NOON } });
    await clock.advance(2 * 60_000);
    await settle();
    expect(tasks.byId.get(called.id)?.stage).toMatchObject({ outcome: { kind: 'timed-out' } });
    await world.stop();
  });
});
