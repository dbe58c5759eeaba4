import { describe, expect, it } from 'vitest';
import { planOf } from '../../src/domain/tasks/plan.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import {
  RESULT_URL,
  SETTINGS,
  TASK_ID,
  aTask,
  anAddress,
  delivering,
  running,
  telling,
  withCopy,
} from '../fakes/a-task.ts';
import { NOON } from '../fakes/clock.ts';
import { dyingAt } from '../fakes/dying-process.ts';
import { work, workerWorld } from '../fakes/worker-world.ts';
import type { Guard, WorkerWorld } from '../fakes/worker-world.ts';

function stageOf(world: WorkerWorld): Task['stage'] | undefined {
  return world.tasks.byId.get(TASK_ID)?.stage;
}

interface Scene {
  readonly name: string;
  readonly task: () => Task;
  readonly set?: (world: WorkerWorld) => void;
  /** How the last word may read; a killed create must not be repeated. */
  readonly ends: readonly string[];
}

/** As `auto` chose it. */
const ONLY_FIRST = { by: 'order', of: 13 } as const;
const sentOnce = ['delivered', 'outcome-unknown'];
const SCENES: readonly Scene[] = [
  { name: 'an ordinary task', task: () => aTask(), ends: sentOnce },
  {
    name: 'copies of media, of which an upload fails first',
    task: () => withCopy(aTask()),
    set: ({ provider }) => {
      provider.copyAnswers.push({ kind: 'not-sent', detail: 'upload: 500' });
    },
    ends: sentOnce,
  },
  {
    name: 'a busy provider that gives in',
    task: () => aTask(),
    set: ({ provider }) => {
      provider.createAnswers.push(
        { kind: 'busy', detail: '429' },
        { kind: 'not-sent', detail: '' },
      );
      provider.queryAnswers.push({ kind: 'pending', progressPercent: 30 }, { kind: 'missing' });
    },
    ends: sentOnce,
  },
  {
    name: 'a deleted message',
    task: () => aTask(),
    set: ({ channel }) => {
      for (const message of channel.messages) message.isDeleted = true;
    },
    ends: sentOnce,
  },
  {
    name: 'a file too large for Discord',
    task: () => aTask({ stage: running() }),
    set: ({ channel }) => {
      channel.takesFiles = false;
    },
    ends: ['delivered'],
  },
  {
    name: 'a result that is gone',
    task: () => aTask({ stage: running() }),
    set: ({ video }) => {
      video.answers.push(
        ...Array.from({ length: 99 }, () => ({ kind: 'gone', status: 410 }) as const),
      );
    },
    ends: ['result-lost'],
  },
  {
    name: 'a channel that is closed and a token that is old',
    task: () =>
      aTask({
        stage: delivering(),
        address: anAddress({ tokenSince: NOON - 3_600_000 }),
        secrets: { ...aTask().secrets, resultUrl: RESULT_URL },
      }),
    set: ({ channel }) => {
      channel.isClosed = true;
    },
    ends: ['undeliverable'],
  },
  {
    name: 'a refusal',
    task: () => aTask(),
    set: ({ provider }) => {
      const refusal = { category: 'moderated', message: 'no' } as const;
      provider.createAnswers.push({ kind: 'refused', refusal });
    },
    ends: ['refused', 'outcome-unknown'],
  },
  {
    name: 'a refusal after which `auto` goes to another provider',
    task: () => aTask({ plan: planOf({ ...SETTINGS, quote: { kind: 'unknown' } }, ONLY_FIRST) }),
    set: (world) => {
      world.isOtherOn = true;
      const refusal = { category: 'unauthorized', message: 'no' } as const;
      world.provider.createAnswers.push({ kind: 'refused', refusal, isCoded: true });
    },
    ends: sentOnce,
  },
  {
    name: 'a failed task',
    task: () => aTask({ stage: telling({ kind: 'timed-out' }, { providerTaskId: 'p-1' }) }),
    ends: ['timed-out'],
  },
];

describe.each(SCENES)('killed with $name', ({ task, set, ends }) => {
  // More effects than any of these tasks has: the last ones end without a kill.
  const instants = Array.from({ length: 40 }, (_, index) => index + 1);

  it.each(['before', 'after'] as const)(
    'at any effect, %s it took hold, it is created once and told once',
    async (when) => {
      let kills = 0;
      for (const nth of instants) {
        const world = workerWorld(task());
        set?.(world);
        const { guard, isDead } = dyingAt(nth, when);
        await work(world, { guard, isDead });
        if (isDead()) kills += 1;
        await work(world);

        const at = `killed ${when} effect ${nth}`;
        expect({ at, faults: faultsOf(world, ends) }).toEqual({ at, faults: [] });
      }
      // Every effect of the undisturbed life was an instant of a kill, and then there were no more.
      expect(kills).toBeGreaterThan(3);
      expect(kills).toBeLessThan(instants.length);
    },
  );

  it('with a disk that fails for good after any write, it goes on after the next start', async () => {
    for (const nth of [0, 1, 2, 3, 4, 5, 6]) {
      const world = workerWorld(task());
      set?.(world);
      const at = `disk failed after write ${nth}`;
      await work(world, { guard: failingAfter(nth), maxTimers: 10 });
      await work(world);
      expect({ at, faults: faultsOf(world, ends) }).toEqual({ at, faults: [] });
    }
  });
});

/** A disk that takes so many writes and then refuses every one. */
function failingAfter(writesTaken: number): Guard {
  let writes = 0;
  return async (name, effect) => {
    if (name === 'store.save' || name === 'store.end') {
      writes += 1;
      if (writes > writesTaken) throw new Error('disk failed');
    }
    return effect();
  };
}

/** What is wrong with how it all ended; empty: nothing. */
function faultsOf(world: WorkerWorld, ends: readonly string[]): string[] {
  const stage = stageOf(world);
  if (stage?.name !== 'ended') return [`still ${stage?.name}`];
  const { outcome } = stage;
  const askedAgain = world.log.lines.filter(isAnsweredAgain).length;
  const movedOn = world.log.lines.filter(isMove).length;
  const carrying = world.channel.messagesWithFile().length;
  const isAttached = outcome.kind === 'delivered' && outcome.how === 'attachment';
  return [
    ...(ends.includes(outcome.kind) ? [] : [`ended as ${outcome.kind}`]),
    ...(world.provider.creates.length <= 1 + askedAgain ? [] : ['created twice']),
    ...(world.other.creates.length <= movedOn ? [] : ['created twice elsewhere']),
    ...(carrying <= 1 ? [] : ['posted twice']),
    ...(carrying === 0 && isAttached ? ['said to be there, but is not'] : []),
  ];
}

function isMove({ message }: { message: string }): boolean {
  return message === 'auto task goes to its next route';
}

/** Creates that were answered "busy" or never sent may be sent again. */
function isAnsweredAgain({ message, fields }: { message: string; fields: object }): boolean {
  return (
    message === 'create answered' &&
    'answer' in fields &&
    (fields.answer === 'busy' || fields.answer === 'not-sent')
  );
}
