import { describe, expect, it } from 'vitest';
import type { LateAnswer } from '../../src/app/ports/late-answers-port.ts';
import { slotOf } from '../../src/domain/slots.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { GUILD_ID, TASK_ID, aTask, telling } from '../fakes/a-task.ts';
import { settle } from '../fakes/clock.ts';
import { workerWorld } from '../fakes/worker-world.ts';
import type { Guard, WorkerWorld } from '../fakes/worker-world.ts';
import { memberOf, pass } from './member-of.ts';

const SLOT = slotOf(GUILD_ID);
const WRITES = ['store.create', 'store.save', 'store.end', 'store.reopen'];
/** What somebody else would see or pay for. */
const SENDS = [
  'provider.create',
  'provider.giveCopies',
  'provider.cancel',
  'discord.editByToken',
  'discord.editInChannel',
  'discord.post',
];

interface Loss {
  readonly nth: number;
  readonly when: 'before' | 'after';
}

/**
 * A guard that loses the slot at the nth effect. A write that is under way then is refused as the
 * database refuses it; anything else that is under way takes hold all the same.
 */
function losing({ nth, when }: Loss, lose: () => void) {
  let effects = 0;
  let isLost = false;
  const after: string[] = [];
  const guard: Guard = async (name, effect) => {
    if (isLost) {
      after.push(name);
      return effect();
    }
    effects += 1;
    if (effects !== nth) return effect();
    if (when === 'before') {
      isLost = true;
      lose();
      if (WRITES.includes(name)) throw new Error('this process is no member any more');
      return effect();
    }
    const answer = await effect();
    isLost = true;
    lose();
    return answer;
  };
  return {
    guard,
    isLost: () => isLost,
    /** Ends the time in which nothing may be sent or written. */
    takeAfter: () => after.splice(0),
  };
}

/** Runs the world in a process that loses the slot once; then another one goes on, or the same. */
async function runLosing(world: WorkerWorld, loss: Loss, next: 'another' | 'the same') {
  const late: LateAnswer[] = [];
  const { guard, isLost, takeAfter } = losing(loss, () => {
    void first.changes.onLost([SLOT]);
  });
  const first = memberOf(world, late, guard);
  void first.changes.onGained([SLOT]).catch(() => undefined);
  for (let timers = 0; timers < 400 && !isLost(); timers += 1) {
    if (!(await world.clock.advanceToNextTimer())) break;
  }
  await settle();
  const afterLoss = takeAfter().filter((name) => [...WRITES, ...SENDS].includes(name));
  const second = next === 'another' ? memberOf(world, late) : first;
  if (isLost()) await second.changes.onGained([SLOT]);
  await pass(world, late, second.changes);
  first.end();
  second.end();
  return { isLost: isLost(), afterLoss };
}

interface Scene {
  readonly name: string;
  readonly task: () => Task;
  readonly set?: (world: WorkerWorld) => void;
  readonly ends: readonly string[];
}

const sentOnce = ['delivered', 'outcome-unknown'];
const SCENES: readonly Scene[] = [
  { name: 'an ordinary task', task: () => aTask(), ends: sentOnce },
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
    name: 'a message that was deleted',
    task: () => aTask(),
    set: ({ channel }) => {
      for (const message of channel.messages) message.isDeleted = true;
    },
    ends: sentOnce,
  },
  {
    name: 'a failed task',
    task: () => aTask({ stage: telling({ kind: 'timed-out' }, { providerTaskId: 'p-1' }) }),
    ends: ['timed-out'],
  },
];

describe.each(SCENES)('a slot that is lost with $name', ({ task, set, ends }) => {
  const instants = Array.from({ length: 40 }, (_, index) => index + 1);

  describe.each(['another', 'the same'] as const)('and goes on in %s process', (next) => {
    it.each(['before', 'after'] as const)(
      'at any effect, %s it took hold, has one create and one message',
      async (when) => {
        let losses = 0;
        for (const nth of instants) {
          const world = workerWorld(task());
          set?.(world);
          const { isLost, afterLoss } = await runLosing(world, { nth, when }, next);
          if (isLost) losses += 1;
          const at = `lost ${when} effect ${nth}`;
          expect({ at, afterLoss, faults: faultsOf(world, ends) }).toEqual({
            at,
            afterLoss: [],
            faults: [],
          });
        }
        expect(losses).toBeGreaterThan(1);
        expect(losses).toBeLessThan(instants.length);
      },
    );
  });
});

function faultsOf(world: WorkerWorld, ends: readonly string[]): string[] {
  const stage = world.tasks.byId.get(TASK_ID)?.stage;
  if (stage?.name !== 'ended') return [`still ${stage?.name}`];
  const { outcome } = stage;
  const isAttached = outcome.kind === 'delivered' && outcome.how === 'attachment';
  const carrying = world.channel.messagesWithFile().length;
  const made = world.provider.creates.length - world.log.lines.filter(isAnsweredAgain).length;
  const faults = [
    [ends.includes(outcome.kind), `ended as ${outcome.kind}`],
    [made <= 1, 'created twice'],
    // Its answer came, so it is not thrown away.
    [outcome.kind !== 'outcome-unknown' || made <= 0, 'an answer was lost'],
    [carrying <= 1, 'posted twice'],
    [carrying > 0 || !isAttached, 'said to be there, but is not'],
  ] as const;
  return faults.flatMap(([isGood, fault]) => (isGood ? [] : [fault]));
}

/** Creates that were answered "busy" or never sent may be sent again. */
function isAnsweredAgain({ fields }: { fields: object }): boolean {
  return 'answer' in fields && (fields.answer === 'busy' || fields.answer === 'not-sent');
}
