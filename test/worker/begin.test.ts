import { ALL_SLOTS } from '../../src/domain/slots.ts';
import { describe, expect, it } from 'vitest';
import type { Task } from '../../src/domain/tasks/task.ts';
import { createWorker } from '../../src/worker/worker.ts';
import { GUILD_ID, TASK_ID, aTask, queued } from '../fakes/a-task.ts';
import { settle } from '../fakes/clock.ts';
import { held } from '../fakes/held.ts';
import { processIn, workerWorld } from '../fakes/worker-world.ts';
import type { Guard, WorkerWorld } from '../fakes/worker-world.ts';

/** As many as one provider is sent at a time, and one more. */
const MORE_THAN_A_LANE = 9;

const begun = (n: number): Task =>
  aTask({ id: String(1_300_000_000_000_001_000n + BigInt(n)), stage: queued() });

async function workerIn(world: WorkerWorld, guard?: Guard) {
  const process = processIn(world, guard);
  const worker = createWorker(process.deps);
  await worker.resume(ALL_SLOTS);
  await settle();
  return { worker, deps: process.deps };
}

/** Everything that goes on in the world, where nothing waits for a timer of hours. */
async function runOn({ clock }: WorkerWorld, timers = 60): Promise<void> {
  for (let left = timers; left > 0 && (await clock.advanceToNextTimer()); left -= 1) await settle();
}

async function microtasks(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) await Promise.resolve();
}

/**
 * Whether a task is left alone whose first record fails while its lane is full, and a neighbour's
 * create is answered so many turns of the event queue around that moment.
 */
async function isLeftAlone(turns: number): Promise<boolean> {
  const world = workerWorld();
  const gate = held();
  const last = begun(MORE_THAN_A_LANE);
  const { worker } = await workerIn(world, async (name, effect, given) => {
    if (name === 'provider.create') await gate.opened;
    if (name !== 'store.create' || !JSON.stringify(given[0], textOf).includes(last.id)) {
      return effect();
    }
    await microtasks(80);
    throw new Error('disk full');
  });
  for (let n = 1; n < MORE_THAN_A_LANE; n += 1) await worker.begin(begun(n), []);
  const beginning = worker.begin(last, []);
  await microtasks(turns);
  gate.open();
  if (await beginning) return false;
  await settle();
  const faults = JSON.stringify(world.log.lines, textOf);
  return world.provider.creates.length < MORE_THAN_A_LANE && !faults.includes('without a record');
}

/** Errors and amounts as text. */
function textOf(_key: string, value: unknown): unknown {
  if (value instanceof Error) return value.message;
  return typeof value === 'bigint' ? value.toString() : value;
}

describe('a task that begins', () => {
  it('is first written as being sent, with what is written alongside', async () => {
    const world = workerWorld();
    const { worker } = await workerIn(world);
    const record = { key: 'confirm:1', value: 'used' };
    await expect(worker.begin(begun(1), [record])).resolves.toBe(true);
    expect(world.tasks.writes[0]).toBe('create submitting');
    expect(world.tasks.alongside.get('confirm:1')).toBe('used');
    await runOn(world);
    expect(world.provider.creates).toHaveLength(1);
  });

  it('starts at once on a clock with fractions of a millisecond', async () => {
    const world = workerWorld();
    const { clock } = world;
    const elapsed = clock.elapsed.bind(clock);
    const { deps } = processIn({ ...world, clock: { ...clock, elapsed: () => elapsed() + 0.3 } });
    const worker = createWorker(deps);
    await expect(worker.begin(begun(1), [])).resolves.toBe(true);
    expect(world.tasks.writes[0]).toBe('create submitting');
  });

  it('waits while all places are other processes’, and is sent as soon as there is one', async () => {
    const world = workerWorld();
    world.places.now = 0;
    const { worker, deps } = await workerIn(world);
    for (const n of [1, 2]) await expect(worker.begin(begun(n), [])).resolves.toBe(true);
    expect(world.tasks.writes).toEqual(['create queued', 'create queued']);
    expect(world.provider.creates).toEqual([]);
    world.places.now = 1;
    deps.queues.checkPlaces();
    await settle();
    expect(world.provider.creates).toHaveLength(2);
  });

  it('whose place became another process’s at the last moment is written, and waits', async () => {
    const world = workerWorld();
    const { worker, deps } = await workerIn(world);
    const pausedUntil = deps.pauses.until.bind(deps.pauses);
    deps.pauses.until = (provider) => {
      world.places.now = 0;
      return pausedUntil(provider);
    };
    await expect(worker.begin(begun(1), [])).resolves.toBe(true);
    expect(world.tasks.writes).toEqual(['create queued']);
    await runOn(world, 10);
    expect([world.provider.creates, deps.queues.mostInFlight()]).toEqual([[], 0]);
    deps.pauses.until = pausedUntil;
    world.places.now = 1;
    deps.queues.checkPlaces();
    await runOn(world);
    expect(world.provider.creates).toHaveLength(1);
  });

  it('is first written as queued where the lane of its provider is full', async () => {
    const world = workerWorld();
    const gate = held();
    const { worker } = await workerIn(world, async (name, effect) => {
      if (name === 'provider.create') await gate.opened;
      return effect();
    });
    for (let n = 1; n <= MORE_THAN_A_LANE; n += 1) {
      await expect(worker.begin(begun(n), [])).resolves.toBe(true);
    }
    expect(world.tasks.writes.at(-1)).toBe('create queued');
    gate.open();
    await runOn(world, 200);
    expect(world.provider.creates).toHaveLength(MORE_THAN_A_LANE);
  });

  it('whose first record fails is not sent, and holds no place', async () => {
    const world = workerWorld();
    const { worker, deps } = await workerIn(world);
    world.tasks.failures = 1;
    await expect(worker.begin(begun(1), [])).resolves.toBe(false);
    expect(deps.active.ofGuild(GUILD_ID)).toBe(0);
    await runOn(world);
    expect([world.provider.creates, world.tasks.writes]).toEqual([[], []]);
    expect(world.channel.calls).toEqual([]);
  });

  it('fails with its neighbours, and none of them is sent by a lane that gets free', async () => {
    const world = workerWorld();
    const gate = held();
    const { worker, deps } = await workerIn(world, async (name, effect) => {
      if (name === 'store.create') await gate.opened;
      return effect();
    });
    const beginning = Array.from({ length: MORE_THAN_A_LANE }, async (_, n) =>
      worker.begin(begun(n), []),
    );
    await settle();
    world.tasks.failures = MORE_THAN_A_LANE;
    gate.open();
    await expect(Promise.all(beginning)).resolves.toEqual(beginning.map(() => false));
    await runOn(world, 200);
    expect([world.provider.creates, world.tasks.writes]).toEqual([[], []]);
    expect(deps.active.ofGuild(GUILD_ID)).toBe(0);
  });

  it('that failed in a full lane is not sent, whenever its neighbour makes room', async () => {
    const sent: number[] = [];
    for (let turns = 0; turns < 160; turns += 1) {
      if (!(await isLeftAlone(turns))) sent.push(turns);
    }
    expect(sent).toEqual([]);
  });

  it('is written as queued by a worker that is stopping', async () => {
    const world = workerWorld();
    const { worker } = await workerIn(world);
    await worker.stop();
    await expect(worker.begin(begun(1), [])).resolves.toBe(true);
    expect(world.tasks.writes).toEqual(['create queued']);
    expect(world.provider.creates).toEqual([]);
  });
});

it('a stop writes what is held back', async () => {
  const world = workerWorld();
  const { worker, deps } = await workerIn(world);
  const task = aTask();
  world.tasks.byId.set(TASK_ID, task);
  deps.store.holdBack({ ...task, stage: queued({ creates: 1 }) }, task, []);
  await worker.stop();
  expect(world.tasks.writes).toEqual(['save queued']);
});
