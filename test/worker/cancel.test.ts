import { ALL_SLOTS } from '../../src/domain/slots.ts';
import { describe, expect, it } from 'vitest';
import type { Task } from '../../src/domain/tasks/task.ts';
import { createWorker } from '../../src/worker/worker.ts';
import {
  MEMBER_ID,
  TASK_ID,
  aTask,
  delivering,
  queued,
  running,
  submitting,
  telling,
} from '../fakes/a-task.ts';
import { NOON, settle } from '../fakes/clock.ts';
import { processIn, work, workerWorld } from '../fakes/worker-world.ts';
import type { WorkerWorld } from '../fakes/worker-world.ts';

const MINUTE = 60_000;
const id = (n: number): string => `130000000000000100${n}`;
const queue = (count: number): Task[] =>
  Array.from({ length: count }, (_, n) => aTask({ id: id(n), stage: queued() }));
const putOff = (ms: number): Task =>
  aTask({ stage: queued({ creates: 1, since: NOON, notBefore: NOON + ms }) });

const { guildId, address } = aTask();
const CALLER = {
  memberId: MEMBER_ID,
  guildId,
  channelId: address.channelId,
  managesMessages: false,
};
const STRANGER = { ...CALLER, memberId: '1200000000000000999' };

async function workerIn(world: WorkerWorld) {
  const process = processIn(world);
  const worker = createWorker(process.deps);
  await worker.resume(ALL_SLOTS);
  await settle();
  return worker;
}

describe('a task that waits to be sent', () => {
  it('is taken back by its caller, released, told, and never sent', async () => {
    const world = workerWorld(putOff(MINUTE));
    const worker = await workerIn(world);
    await expect(worker.cancel(TASK_ID, CALLER)).resolves.toBe('cancelled');
    await settle();
    expect(world.tasks.byId.get(TASK_ID)).toMatchObject({
      stage: { name: 'ended', outcome: { kind: 'cancelled' }, notified: true },
      money: { state: 'released' },
    });
    expect(world.channel.messages[0]?.shown).toBe('cancelled');
    await world.clock.advance(2 * MINUTE);
    expect(world.provider.creates).toEqual([]);
    expect(world.tasks.writes.filter((write) => write.startsWith('end'))).toHaveLength(1);
    await expect(worker.cancel(TASK_ID, CALLER)).resolves.toBe('gone');
  });

  it('is not taken back by anybody else', async () => {
    const world = workerWorld(putOff(MINUTE));
    const worker = await workerIn(world);
    await expect(worker.cancel(TASK_ID, STRANGER)).resolves.toBe('of-another');
    const moderatorElsewhere = { ...STRANGER, managesMessages: true, channelId: id(9) };
    await expect(worker.cancel(TASK_ID, moderatorElsewhere)).resolves.toBe('of-another');
    const otherGuild = { ...CALLER, guildId: id(8) };
    await expect(worker.cancel(TASK_ID, otherGuild)).resolves.toBe('gone');
    await world.clock.advance(2 * MINUTE);
    expect(world.provider.creates).toHaveLength(1);
  });

  it('is taken back by whoever manages messages in its channel', async () => {
    const world = workerWorld(putOff(MINUTE));
    const worker = await workerIn(world);
    const moderator = { ...STRANGER, managesMessages: true };
    await expect(worker.cancel(TASK_ID, moderator)).resolves.toBe('cancelled');
    await world.clock.advance(2 * MINUTE);
    expect(world.provider.creates).toEqual([]);
  });

  it('is told as taken back by the next start where the word did not get out', async () => {
    const world = workerWorld(putOff(MINUTE));
    const worker = await workerIn(world);
    world.channel.scripted.editByToken.push({ kind: 'try-again', detail: '502' });
    await worker.cancel(TASK_ID, CALLER);
    await settle();
    expect(world.tasks.byId.get(TASK_ID)?.stage).toMatchObject({ name: 'notifying' });
    await worker.stop();
    await work(world);
    expect(world.tasks.byId.get(TASK_ID)?.stage).toMatchObject({ name: 'ended', notified: true });
    expect(world.provider.creates).toEqual([]);
  });
});

describe('a task that is not taken back any more', () => {
  it.each([
    ['being sent', submitting(), 'gone'],
    ['running', running(), 'sent'],
    ['delivering', delivering(), 'sent'],
    ['notifying', telling({ kind: 'timed-out' }), 'gone'],
  ])('is one that is %s', async (_, stage, answer) => {
    const world = workerWorld(aTask({ stage }));
    const process = processIn(world);
    const worker = createWorker(process.deps);
    // What was being sent at a kill is judged at the start: nobody knows, so it is held.
    if (stage.name === 'submitting') await worker.resume(ALL_SLOTS);
    await settle();
    await expect(worker.cancel(TASK_ID, CALLER)).resolves.toBe(answer);
    expect(world.tasks.byId.get(TASK_ID)?.stage).not.toMatchObject({
      outcome: { kind: 'cancelled' },
    });
  });

  it('is one whose create is under way, whatever the record still says', async () => {
    const world = workerWorld(aTask());
    let isWriting = false;
    const writing: (() => void)[] = [];
    const process = processIn(world, async (name, effect) => {
      if (name === 'store.save' && !isWriting) {
        isWriting = true;
        await new Promise<void>((resolve) => {
          writing.push(resolve);
        });
      }
      return effect();
    });
    const worker = createWorker(process.deps);
    await worker.resume(ALL_SLOTS);
    await settle();
    expect(world.tasks.byId.get(TASK_ID)?.stage.name).toBe('queued');
    await expect(worker.cancel(TASK_ID, CALLER)).resolves.toBe('sent');
    writing[0]?.();
    await settle();
    expect(world.provider.creates).toHaveLength(1);
  });
});

describe('tasks behind a busy provider', () => {
  it('wait with it, each keeping its creates, and go in the order of acceptance', async () => {
    const world = workerWorld(...queue(9));
    world.provider.createAnswers.push(
      ...Array.from(
        { length: 8 },
        () => ({ kind: 'busy', retryAfterMs: 4000, detail: '429' }) as const,
      ),
    );
    const began: number[] = [];
    await work(world, {
      guard: async (name, effect) => {
        if (name === 'provider.create') began.push(world.clock.now() - NOON);
        return effect();
      },
    });
    // Eight at once were told "busy"; the ninth was not sent before the wait was over.
    expect(began.filter((at) => at < 4000)).toHaveLength(8);
    expect(began).toHaveLength(8 + 9);
    const ends = [...world.tasks.byId.values()].map(({ stage }) => stage.name);
    expect(ends).toEqual(Array.from({ length: 9 }, () => 'ended'));
  });

  it('are told their place, and when it moves', async () => {
    const [first, second, third] = queue(3).map((task, n) => ({
      ...task,
      address: { ...task.address, messageId: `14000000000000000${n}` },
    }));
    if (first === undefined || second === undefined || third === undefined) {
      throw new Error('three');
    }
    const world = workerWorld(
      { ...first, stage: queued({ creates: 1, since: NOON, notBefore: NOON + MINUTE }) },
      second,
    );
    const process = processIn(world);
    const worker = createWorker(process.deps);
    process.deps.queues.recordBusy('jimmy', NOON + MINUTE);
    await worker.resume(ALL_SLOTS);
    world.tasks.byId.set(third.id, third);
    worker.add(third);
    await settle();
    expect(process.deps.liveState.viewOf(third).queuePosition).toBe(3);
    await worker.cancel(second.id, CALLER);
    expect(process.deps.liveState.viewOf(third).queuePosition).toBe(2);
  });

  it('leave the queue where their record was damaged and quarantined', async () => {
    const [task] = queue(1);
    if (task === undefined) throw new Error('one');
    const world = workerWorld(task);
    const process = processIn(world);
    const worker = createWorker(process.deps);
    process.deps.queues.recordBusy('jimmy', NOON + 2000);
    await worker.resume(ALL_SLOTS);
    expect(process.deps.queues.positionOf('jimmy', task.id)).toBe(1);
    world.tasks.byId.delete(task.id);
    await world.clock.advance(2500);
    process.deps.queues.recordBusy('jimmy', NOON + MINUTE);
    expect(process.deps.queues.positionOf('jimmy', task.id)).toBe(0);
    expect(process.deps.active.total()).toBe(0);
    await worker.stop();
  });
});
