import { describe, expect, it } from 'vitest';
import type { LateAnswer } from '../../src/app/ports/late-answers-port.ts';
import type { EditedTask } from '../../src/app/ports/late-edits-port.ts';
import { slotOf } from '../../src/domain/slots.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { GUILD_ID, TASK_ID, aTask, anAddress, ended, running } from '../fakes/a-task.ts';
import { settle } from '../fakes/clock.ts';
import { held } from '../fakes/held.ts';
import { workerWorld } from '../fakes/worker-world.ts';
import type { Guard, WorkerWorld } from '../fakes/worker-world.ts';
import { memberOf, pass } from './member-of.ts';

const SLOT = slotOf(GUILD_ID);
const EDITED = { id: TASK_ID, guildId: GUILD_ID };
const EDITS = ['discord.editByToken', 'discord.editInChannel'];

/** A process that stands still before its nth edit leaves, and loses its slot meanwhile. */
function standingStill(nth: number, lose: () => void) {
  const asleep = held();
  let edits = 0;
  const guard: Guard = async (name, effect) => {
    if (EDITS.includes(name)) edits += 1;
    if (!EDITS.includes(name) || edits !== nth) return effect();
    lose();
    await asleep.opened;
    return effect();
  };
  return { guard, wake: asleep.open, hasLost: () => edits >= nth };
}

const SCENES: readonly { name: string; task: () => Task; set?: (world: WorkerWorld) => void }[] = [
  { name: 'an ordinary task', task: () => aTask() },
  {
    name: 'a task that takes long',
    task: () => aTask(),
    set: ({ provider }) => {
      const polled = [10, 30, 60].map(
        (progressPercent) => ({ kind: 'pending', progressPercent }) as const,
      );
      provider.queryAnswers.push(...polled);
    },
  },
  {
    name: 'a task without a token',
    task: () => aTask({ address: anAddress({ deliveryPath: 'channel' }) }),
  },
];

describe.each(SCENES)(
  'an edit of $name that leaves after another process has ended it',
  (scene) => {
    it('is reported, whichever it is, and the end is shown again', async () => {
      let found = 0;
      for (let nth = 1; ; nth += 1) {
        const world = workerWorld(scene.task());
        scene.set?.(world);
        const late: LateAnswer[] = [];
        const edited: EditedTask[] = [];
        const { guard, wake, hasLost } = standingStill(nth, () => {
          void first.changes.onLost([SLOT]);
        });
        const first = memberOf(world, late, guard, edited);
        void first.changes.onGained([SLOT]).catch(() => undefined);
        for (let timers = 0; timers < 400 && !hasLost(); timers += 1) {
          if (!(await world.clock.advanceToNextTimer())) break;
        }
        await settle();
        if (!hasLost()) {
          first.end();
          break;
        }
        found += 1;
        const second = memberOf(world, late);
        await second.changes.onGained([SLOT]);
        await pass(world, late, second.changes);
        const [message] = world.channel.messages;
        const shown = message?.shown;
        expect(world.tasks.byId.get(TASK_ID)?.stage.name).toBe('ended');
        expect(edited).toEqual([]);
        wake();
        await settle();
        expect(edited).toEqual([EDITED]);
        second.showAgain(EDITED);
        await settle();
        expect({ nth, shown: message?.shown }).toEqual({ nth, shown });
        expect(message?.file).toBeDefined();
        expect(world.channel.messages).toHaveLength(1);
        first.end();
        second.end();
      }
      expect(found).toBeGreaterThan(1);
    });
  },
);

/** A process that has the task of the world. */
async function ownerIn(world: WorkerWorld) {
  const owner = memberOf(world, []);
  await owner.changes.onGained([SLOT]);
  return owner;
}

const DELIVERED = ended({ kind: 'delivered', how: 'attachment' });

describe('a message that is to be shown again', () => {
  it('is edited once more where Discord does not take it', async () => {
    const world = workerWorld(aTask({ stage: DELIVERED }));
    world.channel.scripted.editByToken.push({ kind: 'try-again', detail: 'HTTP 500' });
    (await ownerIn(world)).showAgain(EDITED);
    await settle();
    expect(world.channel.messages[0]?.shown).toBeUndefined();
    await world.clock.advanceToNextTimer();
    expect(world.channel.messages[0]?.shown).toBe('delivered-attachment');
    expect(world.clock.timersSet()).toBe(0);
  });

  it.each(['handed over', 'lost'])(
    'is left to the next owner where its slot is %s',
    async (how) => {
      const world = workerWorld(aTask({ stage: DELIVERED }));
      world.channel.scripted.editByToken.push({ kind: 'try-again', detail: 'HTTP 429' });
      const edited: EditedTask[] = [];
      const owner = memberOf(world, [], undefined, edited);
      const { changes } = owner;
      await changes.onGained([SLOT]);
      owner.showAgain(EDITED);
      await settle();
      await (how === 'lost' ? changes.onLost([SLOT]) : changes.release(SLOT));
      expect(edited).toEqual([EDITED]);
      while (await world.clock.advanceToNextTimer());
      expect(world.channel.calls).toHaveLength(1);
      owner.showAgain(EDITED);
      expect(edited).toEqual([EDITED, EDITED]);
      owner.end();
    },
  );

  it('is given up where Discord never takes it', async () => {
    const world = workerWorld(aTask({ stage: DELIVERED }));
    const fault = { kind: 'try-again', detail: 'HTTP 500' } as const;
    world.channel.scripted.editByToken.push(...Array.from({ length: 100 }, () => fault));
    (await ownerIn(world)).showAgain(EDITED);
    while (await world.clock.advanceToNextTimer());
    expect(world.channel.calls).toHaveLength(5);
  });

  it.each([
    ['is deleted', DELIVERED, {}],
    ['was never reached', ended({ kind: 'undeliverable' }, { notified: false }), {}],
    ['was erased', DELIVERED, { isErased: true }],
  ] as const)('stays as it is where it %s', async (why, stage, changes) => {
    const world = workerWorld(aTask({ stage, ...changes }));
    for (const message of world.channel.messages) message.isDeleted = why === 'is deleted';
    (await ownerIn(world)).showAgain(EDITED);
    while (await world.clock.advanceToNextTimer());
    expect(world.channel.messages.map(({ shown }) => shown)).toEqual([undefined]);
  });

  it('shows the progress of a task that has not ended', async () => {
    const world = workerWorld(aTask({ stage: running() }));
    world.provider.queryAnswers.push(
      ...Array.from({ length: 9 }, () => ({ kind: 'pending' }) as const),
    );
    const owner = await ownerIn(world);
    const history = (): readonly string[] => world.channel.messages[0]?.history ?? [];
    while (history().length === 0) await world.clock.advanceToNextTimer();
    const before = history().length;
    owner.showAgain(EDITED);
    while (history().length === before) await world.clock.advanceToNextTimer();
    expect(new Set(history())).toEqual(new Set(['running']));
    owner.end();
  });

  it('is left to its owner', async () => {
    const world = workerWorld(aTask({ stage: DELIVERED }));
    memberOf(world, []).showAgain(EDITED);
    await settle();
    expect(world.channel.calls).toEqual([]);
  });
});
