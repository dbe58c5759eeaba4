import { ALL_SLOTS } from '../../src/domain/slots.ts';
import { describe, expect, it } from 'vitest';
import { createHoldActions } from '../../src/app/hold-actions.ts';
import type { Canceller } from '../../src/app/ports/cancel-port.ts';
import type { CancelOutcome } from '../../src/app/ports/provider-port.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { createWorker } from '../../src/worker/worker.ts';
import type { Worker } from '../../src/worker/worker.ts';
import { MEMBER_ID, TASK_ID, aTask, ended, running } from '../fakes/a-task.ts';
import { NOON, settle } from '../fakes/clock.ts';
import { dyingAt } from '../fakes/dying-process.ts';
import { withQueue } from '../fakes/queueing-provider.ts';
import type { QueueingProvider } from '../fakes/queueing-provider.ts';
import { processIn, work, workerWorld } from '../fakes/worker-world.ts';
import type { WorkerWorld } from '../fakes/worker-world.ts';

const MINUTE = 60_000;
const { guildId, address } = aTask();
const CALLER: Canceller = {
  memberId: MEMBER_ID,
  guildId,
  channelId: address.channelId,
  managesMessages: false,
};

interface Stage {
  readonly world: WorkerWorld;
  readonly provider: QueueingProvider;
  readonly worker: Worker;
  readonly task: () => Task | undefined;
}

/** A running task at a provider that has a queue, polled once. */
async function onStage(task: Task = aTask({ stage: running() })): Promise<Stage> {
  const world = workerWorld(task);
  const provider = withQueue(world.provider);
  const worker = createWorker(processIn(world).deps);
  await worker.resume(ALL_SLOTS);
  await settle();
  return { world, provider, worker, task: () => world.tasks.byId.get(TASK_ID) };
}

describe('a task that waits at its provider', () => {
  it('is cancelled there, and released once a poll says so', async () => {
    const { world, provider, worker, task } = await onStage();
    await expect(worker.cancel(TASK_ID, CALLER)).resolves.toBe('asked');
    expect(provider.cancels).toEqual(['p-1']);
    expect(task()).toMatchObject({ cancelSentAt: NOON, money: { state: 'reserved' } });
    await world.clock.advance(1000);
    expect(task()).toMatchObject({
      stage: {
        name: 'ended',
        outcome: { kind: 'cancelled', isAtProvider: true },
        providerTaskId: 'p-1',
        notified: true,
      },
      money: { state: 'released' },
    });
    expect(world.channel.messages[0]?.shown).toBe('cancelled');
    expect(world.provider.creates).toEqual([]);
    await expect(worker.cancel(TASK_ID, CALLER)).resolves.toBe('gone');
  });

  it('is recorded as to be cancelled before the provider is asked', async () => {
    const world = workerWorld(aTask({ stage: running() }));
    withQueue(world.provider);
    const order: string[] = [];
    const { deps } = processIn(world, async (name, effect) => {
      if (name === 'store.save' || name === 'provider.cancel') order.push(name);
      return effect();
    });
    const worker = createWorker(deps);
    await worker.resume(ALL_SLOTS);
    await settle();
    await worker.cancel(TASK_ID, CALLER);
    expect(order.slice(0, 2)).toEqual(['store.save', 'provider.cancel']);
  });

  it('is asked about again where the last poll is too old, and only then', async () => {
    const { world, provider, worker } = await onStage();
    provider.isWilling = false;
    expect(world.provider.queries).toHaveLength(1);
    await worker.cancel(TASK_ID, CALLER);
    expect(world.provider.queries).toHaveLength(1);
    await settle();
    // No later poll is answered.
    provider.isBusy = true;
    await world.clock.advance(10_000);
    await expect(worker.cancel(TASK_ID, CALLER)).resolves.toBe('sent');
    expect(provider.cancels).toHaveLength(1);
  });

  it('is not cancelled by anybody else, who has the provider asked nothing', async () => {
    const { world, provider, worker } = await onStage();
    const before = world.provider.queries.length;
    const stranger = { ...CALLER, memberId: '1200000000000000999' };
    await expect(worker.cancel(TASK_ID, stranger)).resolves.toBe('of-another');
    const elsewhere = { ...stranger, managesMessages: true, channelId: '1300000000000000999' };
    await expect(worker.cancel(TASK_ID, elsewhere)).resolves.toBe('of-another');
    expect([provider.cancels.length, world.provider.queries.length]).toEqual([0, before]);
    await expect(worker.cancel(TASK_ID, { ...stranger, managesMessages: true })).resolves.toBe(
      'asked',
    );
  });

  it('waits for the end of a poll that is under way', async () => {
    const { world, provider, worker } = await onStage();
    const answers: (() => void)[] = [];
    provider.beforeAnswer = async () =>
      new Promise((resolve) => {
        answers.push(resolve);
      });
    await world.clock.advance(2000);
    expect(answers).toHaveLength(1);
    const click = worker.cancel(TASK_ID, CALLER);
    provider.beforeAnswer = async () => undefined;
    answers[0]?.();
    await expect(click).resolves.toBe('asked');
    expect(provider.cancels).toHaveLength(1);
  });

  it('stays cancelled by its caller also where it timed out before a poll said so', async () => {
    const money = { state: 'held', amounts: { videos: 1n, seconds: 5n } } as const;
    const stage = ended({ kind: 'timed-out' }, { providerTaskId: 'p-1', createdAt: NOON });
    const world = workerWorld(aTask({ stage, money, cancelSentAt: NOON }));
    withQueue(world.provider).fate = 'cancelled';
    const { deps } = processIn(world);
    const worker = createWorker(deps);
    await worker.resume(ALL_SLOTS);
    const holds = createHoldActions({
      ...deps,
      currency: 'USD',
      handOver: (task) => worker.add(task),
      betweenSteps: worker.betweenSteps,
    });
    await holds.resumePolling(TASK_ID);
    await world.clock.advance(1000);
    expect(world.tasks.byId.get(TASK_ID)).toMatchObject({
      stage: { name: 'ended', outcome: { kind: 'cancelled', isAtProvider: true } },
      money: { state: 'released' },
    });
  });
});

describe('a click that comes too late', () => {
  it.each(['running', 'finished', 'gone'] as const)(
    'cancels nothing where the task is %s, and is told so',
    async (fate) => {
      const { world, provider, worker } = await onStage();
      await world.clock.advance(1);
      provider.fate = fate;
      // The poll that found it queued is too old by now, and no later one was answered.
      provider.isBusy = true;
      await world.clock.advance(4000);
      provider.isBusy = false;
      await expect(worker.cancel(TASK_ID, CALLER)).resolves.toBe('sent');
      expect(provider.cancels).toEqual([]);
      expect(provider.fate).toBe(fate);
    },
  );

  it('asks nothing where the provider has no such call', async () => {
    const world = workerWorld(aTask({ stage: running() }));
    world.provider.queryAnswers.push({ kind: 'pending', isQueued: true });
    const worker = createWorker(processIn(world).deps);
    await worker.resume(ALL_SLOTS);
    await settle();
    await expect(worker.cancel(TASK_ID, CALLER)).resolves.toBe('sent');
    expect(world.provider.queries).toHaveLength(1);
  });

  it('sends nothing once five seconds have passed since it was queued', async () => {
    const world = workerWorld(aTask({ stage: running() }));
    const provider = withQueue(world.provider);
    const { deps } = processIn(world, async (name, effect) => {
      if (name === 'store.save') await world.clock.advance(6000);
      return effect();
    });
    const worker = createWorker(deps);
    await worker.resume(ALL_SLOTS);
    await settle();
    await expect(worker.cancel(TASK_ID, CALLER)).resolves.toBe('sent');
    expect(provider.cancels).toEqual([]);
  });
});

describe.each<CancelOutcome>([
  { kind: 'accepted' },
  { kind: 'missing' },
  { kind: 'refused', detail: 'HTTP 409' },
  { kind: 'unclear', detail: 'TIMED_OUT' },
])('a cancel that is answered $kind', (cancelAnswer) => {
  it('ends nothing by itself: what a poll says afterwards does', async () => {
    const ends = [
      ['cancelled', 'cancelled', 'released'],
      ['running', 'running', 'reserved'],
      ['queued', 'running', 'reserved'],
      ['finished', 'delivered', 'settled'],
      ['gone', 'unknown-to-provider', 'held'],
    ] as const;
    for (const [fate, end, money] of ends) {
      const { world, provider, worker, task } = await onStage();
      Object.assign(provider, { cancelAnswer, isWilling: false });
      const answer = await worker.cancel(TASK_ID, CALLER);
      expect(answer).toBe(cancelAnswer.kind === 'refused' ? 'sent' : 'asked');
      expect(provider.cancels).toHaveLength(1);
      provider.fate = fate;
      await world.clock.advance(3 * MINUTE);
      const stage = task()?.stage;
      const found = stage?.name === 'ended' ? stage.outcome.kind : stage?.name;
      expect({ fate, end: found, money: task()?.money.state }).toEqual({ fate, end, money });
    }
  });
});

describe('a task that somebody else cancelled at its provider', () => {
  it('failed', async () => {
    const { world, provider, task } = await onStage();
    provider.fate = 'cancelled';
    await world.clock.advance(MINUTE);
    expect(task()).toMatchObject({ stage: { outcome: { kind: 'failed' } } });
  });
});

/** A life in which the caller clicks after some polls, ended by the guard at any effect. */
async function lifeWithClick(
  world: WorkerWorld,
  provider: QueueingProvider,
  { guard, isDead }: ReturnType<typeof dyingAt>,
): Promise<void> {
  const { deps, polls, sends, progress } = processIn(world, guard);
  const worker = createWorker(deps);
  void worker.resume(ALL_SLOTS);
  await settle();
  void worker.cancel(TASK_ID, CALLER).catch(() => undefined);
  for (let timers = 0; timers < 100 && !isDead(); timers += 1) {
    if (timers === 5 && provider.fate === 'queued') provider.fate = 'finished';
    if (!(await world.clock.advanceToNextTimer())) break;
  }
  await settle();
  polls.abort();
  sends.abort();
  progress.stop();
  if (!isDead()) await worker.stop();
}

describe('killed with a click on Cancel', () => {
  const answers: readonly (readonly [CancelOutcome, boolean])[] = [
    [{ kind: 'accepted' }, true],
    [{ kind: 'unclear', detail: 'cut' }, true],
    [{ kind: 'refused', detail: 'HTTP 409' }, false],
    [{ kind: 'unclear', detail: 'cut' }, false],
  ];
  it.each(['before', 'after'] as const)(
    'at any effect, %s it took hold, the task ends as the provider has it',
    async (when) => {
      for (const [cancelAnswer, isWilling] of answers) {
        let kills = 0;
        for (let nth = 1; nth <= 30; nth += 1) {
          const world = workerWorld(aTask({ stage: running() }));
          const provider = withQueue(world.provider);
          Object.assign(provider, { cancelAnswer, isWilling });
          const dying = dyingAt(nth, when);
          await lifeWithClick(world, provider, dying);
          if (dying.isDead()) kills += 1;
          // What was not cancelled is made, whatever was asked.
          if (provider.fate === 'queued') provider.fate = 'finished';
          await work(world);
          const task = world.tasks.byId.get(TASK_ID);
          const isCancelled = provider.fate === 'cancelled';
          expect({
            nth,
            cancelAnswer,
            stage: task?.stage,
            money: task?.money.state,
            posted: world.channel.messagesWithFile().length,
            cancels: provider.cancels.length <= 1,
          }).toMatchObject({
            stage: {
              name: 'ended',
              outcome: { kind: isCancelled ? 'cancelled' : 'delivered' },
            },
            money: isCancelled ? 'released' : 'settled',
            posted: isCancelled ? 0 : 1,
            cancels: true,
          });
        }
        expect(kills).toBeGreaterThan(3);
        expect(kills).toBeLessThan(30);
      }
    },
  );
});
