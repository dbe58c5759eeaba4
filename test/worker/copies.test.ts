import { ALL_SLOTS } from '../../src/domain/slots.ts';
import { describe, expect, it } from 'vitest';
import { taskIdSchema } from '../../src/domain/tasks/task-id.ts';
import { DEFAULT_TASK_POLICY } from '../../src/domain/tasks/policy.ts';
import { createWorker } from '../../src/worker/worker.ts';
import { TASK_ID, aTask, queued, withCopy } from '../fakes/a-task.ts';
import { settle } from '../fakes/clock.ts';
import { processIn, work, workerWorld } from '../fakes/worker-world.ts';
import type { WorkerWorld } from '../fakes/worker-world.ts';

function outcomeOf(world: WorkerWorld): unknown {
  const stage = world.tasks.byId.get(TASK_ID)?.stage;
  return stage?.name === 'ended' ? stage.outcome.kind : stage?.name;
}

describe('a task with copies of media', () => {
  it('is sent with what the provider made of them', async () => {
    const world = workerWorld(withCopy(aTask()));
    await work(world);
    expect(world.provider.copies).toMatchObject([
      { media: [{ copy: { option: 'last_clip_frame' } }] },
    ]);
    const url = `https://copies.test/${'a'.repeat(64)}`;
    expect(world.provider.creates).toMatchObject([{ media: [{ role: 'reference_image', url }] }]);
    expect(outcomeOf(world)).toBe('delivered');
  });

  it('is on the disk before anything of it reaches the provider, and not yet as being sent', async () => {
    const world = workerWorld();
    const stages: unknown[] = [];
    const { deps } = processIn(world, async (name, effect) => {
      if (name === 'provider.giveCopies') stages.push(world.tasks.byId.get(TASK_ID)?.stage.name);
      return effect();
    });
    const worker = createWorker(deps);
    await worker.resume(ALL_SLOTS);
    await expect(worker.begin(withCopy(aTask({ stage: queued() })), [])).resolves.toBe(true);
    await settle();
    expect(stages).toEqual(['queued']);
    expect(world.tasks.writes.slice(0, 2)).toEqual(['create queued', 'save submitting']);
  });

  it('of which nothing could be written is given nowhere', async () => {
    const world = workerWorld();
    const { deps } = processIn(world, async (name, effect) => {
      if (name === 'store.create') throw new Error('disk full');
      return effect();
    });
    const worker = createWorker(deps);
    await worker.resume(ALL_SLOTS);
    await expect(worker.begin(withCopy(aTask({ stage: queued() })), [])).resolves.toBe(false);
    await settle();
    expect([world.provider.copies, world.provider.creates]).toEqual([[], []]);
  });

  it('counts as not sent while an upload fails, and is given up like one that is not sent', async () => {
    const world = workerWorld(withCopy(aTask()));
    const { maxNotSent } = DEFAULT_TASK_POLICY;
    for (let left = maxNotSent; left > 0; left -= 1) {
      world.provider.copyAnswers.push({ kind: 'not-sent', detail: 'upload: 500' });
    }
    await work(world);
    expect(world.provider.copies).toHaveLength(maxNotSent);
    expect(world.provider.creates).toEqual([]);
    expect(outcomeOf(world)).toBe('provider-unreachable');
  });

  it('waits for one that is not there now, and is sent with it', async () => {
    const world = workerWorld(withCopy(aTask()));
    world.provider.copyAnswers.push({ kind: 'not-now' }, { kind: 'not-now' });
    await work(world);
    expect(world.provider.copies).toHaveLength(3);
    expect(world.provider.creates).toHaveLength(1);
  });

  it('ends without a charge where one is never there', async () => {
    const world = workerWorld(withCopy(aTask()));
    for (let left = 9; left > 0; left -= 1) world.provider.copyAnswers.push({ kind: 'not-now' });
    await work(world);
    expect(world.provider.creates).toEqual([]);
    expect(outcomeOf(world)).toBe('media-gone');
    expect(world.tasks.byId.get(TASK_ID)?.money.state).toBe('released');
  });

  it('ends without a charge where one is gone', async () => {
    const world = workerWorld(withCopy(aTask()));
    world.provider.copyAnswers.push({ kind: 'gone' });
    await work(world);
    expect(world.provider.creates).toEqual([]);
    expect(outcomeOf(world)).toBe('media-gone');
    expect(world.tasks.byId.get(TASK_ID)?.money.state).toBe('released');
  });
});

it('copies wait for room in memory while a slow create has others, and hold up no task without', async () => {
  const [second, third] = [
    taskIdSchema.parse('1300000000000000002'),
    taskIdSchema.parse('1300000000000000003'),
  ];
  const large = 30 * 1_048_576;
  const world = workerWorld(
    withCopy(aTask({ stage: queued() }), large),
    withCopy(aTask({ id: second, stage: queued() }), large),
  );
  let answer: (() => void) | undefined;
  const { deps } = processIn(world, async (name, effect) => {
    const isCopied = name === 'provider.create' && world.provider.copies.length === 1;
    if (isCopied && answer === undefined) await new Promise<void>((resolve) => (answer = resolve));
    return effect();
  });
  const worker = createWorker(deps);
  await worker.resume(ALL_SLOTS);
  await world.clock.advance(10_000);
  await settle();
  await worker.begin(aTask({ id: third, stage: queued() }), []);
  await settle();
  expect(world.provider.copies).toHaveLength(1);
  expect(world.provider.creates).toMatchObject([{ media: [] }]);
  expect(world.tasks.byId.get(second)?.stage).toMatchObject({ name: 'queued', notSent: 0 });

  answer?.();
  await settle();
  await world.clock.advance(2000);
  await settle();
  expect(world.provider.copies).toHaveLength(2);
  expect(world.provider.creates).toHaveLength(3);
});

it('a task without copies asks for none', async () => {
  const world = workerWorld(aTask());
  await work(world);
  expect(world.provider.copies).toEqual([]);
  expect(outcomeOf(world)).toBe('delivered');
});
