import { ALL_SLOTS } from '../../src/domain/slots.ts';
import { describe, expect, it } from 'vitest';
import { withUse } from '../../src/domain/library/asset-uses.ts';
import { taskIdSchema } from '../../src/domain/tasks/task-id.ts';
import { CATALOGUE } from '../fakes/catalogue.ts';
import { createWorker } from '../../src/worker/worker.ts';
import { TASK_ID, queued } from '../fakes/a-task.ts';
import { anAsset } from '../fakes/an-asset.ts';
import { NOON, settle } from '../fakes/clock.ts';
import { assetsIn, outcomeOf, toPrepare } from '../fakes/preparing-tasks.ts';
import { processIn, work, workerWorld } from '../fakes/worker-world.ts';
import type { Guard, WorkerWorld } from '../fakes/worker-world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const idOf = (number: number) => taskIdSchema.parse(`13000000000000010${number}`);
const OTHER_ID = idOf(20);
const REFUSED = { kind: 'refused', refusal: { category: 'parameters', message: '' } } as const;

/** A running worker, with the library of its routes on or off. */
async function started(
  world: WorkerWorld,
  { isOn = true, guard }: { isOn?: boolean; guard?: Guard },
) {
  const process = processIn(world, guard);
  const catalogue = isOn ? process.deps.catalogue : CATALOGUE;
  const worker = createWorker({ ...process.deps, catalogue });
  await worker.resume(ALL_SLOTS);
  await settle();
  return { worker, ...process };
}

/** Lets time pass until the tasks of the world have ended, or so much of it has. */
async function runOn(world: WorkerWorld, forMs = 3 * HOUR): Promise<void> {
  const isOver = () => [...world.tasks.byId.values()].every(({ stage }) => stage.name === 'ended');
  while (!isOver() && world.clock.now() < NOON + forMs) {
    if (!(await world.clock.advanceToNextTimer())) break;
    await settle();
  }
}

describe('a library that was switched off', () => {
  it.each([
    ['while its media were brought there', toPrepare()],
    ['when its turn was to come', toPrepare({ stage: queued(), assets: ['a key'] })],
  ])('%s is told; their plain addresses are never sent', async (_when, task) => {
    const world = workerWorld(task);
    const { worker } = await started(world, { isOn: false });
    await runOn(world);
    expect(outcomeOf(world)).toMatchObject({ kind: 'media-unusable', why: 'off' });
    expect(world.tasks.byId.get(TASK_ID)?.money).toEqual({ state: 'released', assumed: false });
    expect(world.provider.creates).toEqual([]);
    await worker.stop();
  });
});

it('is written before anything of it reaches a provider', async () => {
  const world = workerWorld();
  const { worker } = await started(world, {
    guard: async (name, effect) => {
      if (name === 'store.create') throw new Error('disk full');
      return effect();
    },
  });
  await expect(worker.begin(toPrepare(), [])).resolves.toBe(false);
  for (let timers = 0; timers < 20; timers += 1) {
    await world.clock.advanceToNextTimer();
    await settle();
  }
  expect(world.library.uploads).toEqual([]);
  expect(assetsIn(world)).toEqual([]);
  await worker.stop();
});

it('is released after a certain refusal, also by a crash while its media are doubted', async () => {
  const world = workerWorld(toPrepare());
  world.provider.createAnswers.push(REFUSED);
  let isDead = false;
  await work(world, {
    isDead: () => isDead,
    guard: async (name, effect) => {
      isDead ||= name.startsWith('assets.') && world.provider.creates.length > 0;
      return isDead ? new Promise<never>(() => undefined) : effect();
    },
  });
  expect(isDead).toBe(true);
  await work(world);
  expect(outcomeOf(world)).toMatchObject({ kind: 'refused' });
  expect(world.tasks.byId.get(TASK_ID)?.money).toMatchObject({ state: 'released' });
  expect(world.provider.creates).toHaveLength(1);
});

it('records the id of an upload although the disk fails, and neither uploads nor looks for it again', async () => {
  const world = workerWorld(toPrepare());
  const calls: string[] = [];
  let failures = 3;
  await work(world, {
    until: () => [...world.tasks.byId.values()].every(({ stage }) => stage.name === 'ended'),
    guard: async (name, effect) => {
      if (name.startsWith('library.')) calls.push(name);
      const isOfId = name === 'assets.write' && calls.includes('library.upload');
      if (!isOfId || failures === 0) return effect();
      failures -= 1;
      throw new Error('disk full');
    },
  });
  expect(outcomeOf(world)).toMatchObject({ kind: 'delivered' });
  expect(failures).toBe(0);
  expect(calls.filter((name) => name !== 'library.look')).toEqual([
    'library.upload',
    'library.delete',
  ]);
});

it('identifies its media anew where the record of one was lost', async () => {
  const world = workerWorld(
    toPrepare({ assets: ['1300000000000000010:jimmy/full:image:file:gone'] }),
  );
  const { worker } = await started(world, {});
  await runOn(world);
  expect(outcomeOf(world)).toMatchObject({ kind: 'delivered' });
  expect(world.library.uploads).toHaveLength(1);
  expect(world.clock.now() - NOON).toBeLessThan(10 * MINUTE);
  await worker.stop();
});

describe('a busy library', () => {
  it('is not waited for longer than ten minutes', async () => {
    const world = workerWorld(
      ...[20, 21, 22, 23, 24].map((n) => toPrepare({ id: idOf(n) }, [`image${n - 19}`])),
    );
    world.library.gate = new Promise(() => undefined);
    const { worker } = await started(world, {});
    await runOn(world, 12 * MINUTE);
    // Four calls of the guild hang; the fifth task has none.
    expect(world.library.uploads).toHaveLength(4);
    expect(outcomeOf(world, idOf(24))).toMatchObject({ kind: 'media-unusable', why: 'too-slow' });
    void worker.stop();
  });

  it('is not waited for longer either where a look is due at each step', async () => {
    const world = workerWorld(toPrepare());
    world.looks = { minMs: 1, maxMs: 20 };
    for (let looks = 0; looks < 5000; looks += 1) {
      world.library.lookAnswers.push({ kind: 'pending' });
    }
    const { worker } = await started(world, {});
    await runOn(world, 12 * MINUTE);
    expect(outcomeOf(world)).toMatchObject({ kind: 'media-unusable', why: 'too-slow' });
    await worker.stop();
  });

  it('has room for another guild while one fills its part', async () => {
    const others = [20, 21, 22, 23, 24, 25].map((n) =>
      toPrepare({ id: idOf(n) }, [`image${n - 19}`]),
    );
    const world = workerWorld(
      ...others,
      toPrepare({ id: idOf(30), guildId: '1300000000000000011' }),
    );
    world.library.gate = new Promise(() => undefined);
    const { worker } = await started(world, {});
    await runOn(world, MINUTE);
    expect(world.library.uploads).toHaveLength(5);
    void worker.stop();
  });
});

describe('a refusal of the whole account', () => {
  const UNAUTHORIZED = {
    kind: 'refused',
    refusal: { category: 'unauthorized', message: '' },
  } as const;

  it('ends one task, and is no fault of the medium for the next one', async () => {
    const world = workerWorld(toPrepare(), toPrepare({ id: OTHER_ID }));
    world.library.uploadAnswers.push(UNAUTHORIZED);
    await work(world);
    const ends = [outcomeOf(world), outcomeOf(world, OTHER_ID)];
    expect(ends).toContainEqual(
      expect.objectContaining({ kind: 'media-unusable', category: 'unauthorized' }),
    );
    expect(ends).toContainEqual(expect.objectContaining({ kind: 'delivered' }));
    expect(world.notified.filter((one) => one.startsWith('paused'))).toHaveLength(1);
    expect(world.library.uploads).toHaveLength(2);
  });

  it('lets nothing be uploaded while the provider is paused', async () => {
    const world = workerWorld(toPrepare());
    const { deps, worker } = await started(world, {});
    await deps.pauses.pauseOnAccountRefusal('jimmy', 'unauthorized');
    world.tasks.byId.set(OTHER_ID, toPrepare({ id: OTHER_ID }, ['image2']));
    worker.add(toPrepare({ id: OTHER_ID }, ['image2']));
    const before = world.library.uploads.length;
    await world.clock.advance(4 * MINUTE);
    await settle();
    expect(world.library.uploads).toHaveLength(before);
    await runOn(world);
    expect(outcomeOf(world, OTHER_ID)).toMatchObject({ kind: 'delivered' });
    await worker.stop();
  });
});

it('waits no longer than any other task', async () => {
  const world = workerWorld(toPrepare());
  const { worker } = await started(world, {});
  world.tasks.byId.set(OTHER_ID, toPrepare({ id: OTHER_ID, acceptedAt: NOON - HOUR }));
  worker.add(toPrepare({ id: OTHER_ID, acceptedAt: NOON - HOUR }));
  await runOn(world);
  expect(outcomeOf(world, OTHER_ID)).toMatchObject({ kind: 'queue-expired' });
  await worker.stop();
});

it('uploads no third copy of what a list never has', async () => {
  const world = workerWorld(toPrepare());
  for (let times = 0; times < 50; times += 1) {
    world.library.uploadAnswers.push({ kind: 'lost', detail: 'cut' });
    world.library.findAnswers.push({ kind: 'absent' });
  }
  await work(world);
  expect(world.library.uploads).toHaveLength(2);
  expect(outcomeOf(world)).toMatchObject({ kind: 'media-unusable', why: 'unanswered' });
});

it('ends the use of its media as soon as it is cancelled', async () => {
  const world = workerWorld(toPrepare());
  for (let looks = 0; looks < 20; looks += 1) world.library.lookAnswers.push({ kind: 'pending' });
  const task = toPrepare();
  const { worker, library } = await started(world, {});
  while (world.library.looks.length === 0) await world.clock.advanceToNextTimer();
  await settle();
  const { guildId, memberId, address } = task;
  const by = { memberId, guildId, channelId: address.channelId, managesMessages: false };
  await expect(worker.cancel(TASK_ID, by)).resolves.toBe('cancelled');
  await settle();
  await library.cleaner.settled();
  expect(assetsIn(world).flatMap(({ uses }) => uses.tasks)).toEqual([]);
  await worker.stop();
});

it('is not ended by the expired address of another task’s medium', async () => {
  const world = workerWorld();
  const { library } = processIn(world);
  const asset = withUse(anAsset(), { by: 'task', id: TASK_ID });
  const key = 'a key';
  await library.registry.change(key, () => asset);
  const port = world.library.port;
  const gone = { askerId: '1', source: async () => ({ kind: 'gone' }) as const };
  const there = {
    askerId: '2',
    source: async () => ({ kind: 'address', url: 'https://cdn.test/a' }) as const,
  };
  await library.desk.progress(key, port, gone);
  await library.desk.settled();
  await world.clock.advance(10_000);
  await expect(library.desk.progress(key, port, there)).resolves.toMatchObject({ kind: 'waits' });
  await library.desk.settled();
  expect(world.library.uploads).toHaveLength(1);
});
