import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdIfRestored } from '../../src/app/restored-store.ts';
import { withAttemptLog } from '../../src/app/logged-task-store.ts';
import type { CreateOutcome } from '../../src/app/ports/provider-port.ts';
import type { StoreOrigin } from '../../src/app/ports/store-origin-port.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { GUILD_ID, MEMBER_ID, TASK_ID, aTask, queued, running } from '../fakes/a-task.ts';
import { NOON } from '../fakes/clock.ts';
import { work, workerWorld } from '../fakes/worker-world.ts';
import type { Guard, WorkerWorld } from '../fakes/worker-world.ts';

const ANSWERS: readonly CreateOutcome[] = [
  { kind: 'created', providerTaskId: 'p-1' },
  { kind: 'busy', detail: '429' },
  { kind: 'not-sent', detail: 'refused' },
  { kind: 'unknown', detail: 'reset' },
];

const ORIGIN: StoreOrigin = {
  id: 'known',
  server: 'unknown',
  starts: 1,
  copy: undefined,
  newestAcceptedAt: async () => NOON,
  markAsCopy: async () => undefined,
  recordStart: async () => undefined,
  recordRestoreTime: async () => undefined,
};

function aWorld(task: Task, answers: readonly CreateOutcome[]): WorkerWorld {
  const world = workerWorld(task);
  world.provider.createAnswers.push(...answers);
  Object.assign(
    world.tasks.port,
    withAttemptLog({ ...world.tasks.port }, world.attempts, world.log),
  );
  return world;
}

/** A start, which judges the store first; resolves with how many creates it held. */
async function startOn(world: WorkerWorld, guard?: Guard, isDead?: () => boolean): Promise<number> {
  const { tasks, attempts, clock, log } = world;
  await attempts.started(1, NOON);
  const { held } = await holdIfRestored({
    store: tasks.port,
    attemptLog: attempts,
    origin: ORIGIN,
    clock,
    log,
    onHeld: () => undefined,
    endUploads: async () => undefined,
  });
  await work(world, {
    ...(guard === undefined ? {} : { guard }),
    ...(isDead === undefined ? {} : { isDead }),
  });
  return held;
}

/** Dies for good at its nth effect; a copy of the store is taken before another one. */
function life(world: WorkerWorld, { dies, copies }: { dies: number; copies: number }) {
  const never = new Promise<never>(() => undefined);
  let effects = 0;
  let isDead = false;
  let copy: Task | undefined;
  const guard: Guard = async (_name, effect) => {
    if (isDead) return never;
    effects += 1;
    if (effects === copies) copy = world.tasks.byId.get(TASK_ID);
    if (effects !== dies) return effect();
    isDead = true;
    await effect();
    return never;
  };
  return { guard, isDead: () => isDead, copy: () => copy };
}

const lives = {
  answers: fc.array(fc.constantFrom(...ANSWERS), { maxLength: 4 }),
  copies: fc.integer({ min: 1, max: 30 }),
  dies: fc.integer({ min: 1, max: 60 }),
};

describe('a copy of the store, taken at any moment of a life and restored after it', () => {
  it('sends nothing again that may have been sent, and posts nothing anew', async () => {
    await fc.assert(
      fc.asyncProperty(fc.record(lives), async ({ answers, copies, dies }) => {
        const world = aWorld(aTask(), answers);
        const first = life(world, { dies, copies });
        await startOn(world, first.guard, first.isDead);
        const copy = first.copy();
        fc.pre(copy !== undefined);
        const sent = world.provider.creates.length;
        const known = copy?.stage;
        world.tasks.byId.set(TASK_ID, copy ?? aTask());
        world.provider.createAnswers.length = 0;
        const messages = world.channel.messages.length;
        await startOn(world);
        const again = world.provider.creates.length - sent;
        const isAhead =
          known?.name === 'queued' && sent > known.creates + known.notSent + (known.unlogged ?? 0);
        // Only what the copy knew to be the last may go on.
        const mayGoOn = known?.name === 'queued' && !isAhead;
        expect(mayGoOn || again === 0).toBe(true);
        expect(world.channel.messages).toHaveLength(messages);
        expect(world.tasks.byId.get(TASK_ID)?.stage.name).toBe('ended');
        const isHeld = world.tasks.byId.get(TASK_ID)?.money.state === 'held';
        expect(isHeld || !isAhead).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('is told from a crash: what was not sent goes on', async () => {
    await fc.assert(
      fc.asyncProperty(fc.record(lives), async ({ answers, dies }) => {
        const world = aWorld(aTask(), answers);
        const first = life(world, { dies, copies: 0 });
        await startOn(world, first.guard, first.isDead);
        const held = await startOn(world);
        expect(held).toBe(0);
        expect(world.tasks.byId.get(TASK_ID)?.restored).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });
});

describe('a create whose line cannot be written', () => {
  it('is not sent before one can be', async () => {
    const world = aWorld(aTask(), []);
    world.attempts.failures = 3;
    await startOn(world);
    expect(world.provider.creates).toHaveLength(1);
    expect(world.attempts.attempts.map(({ number }) => number)).toEqual([4]);
    expect(world.tasks.byId.get(TASK_ID)?.stage).toMatchObject({ outcome: { kind: 'delivered' } });
  });

  it('is released where its time runs out first', async () => {
    const world = aWorld(aTask(), []);
    world.attempts.failures = Infinity;
    await startOn(world);
    expect(world.provider.creates).toEqual([]);
    expect(world.tasks.byId.get(TASK_ID)).toMatchObject({
      stage: { outcome: { kind: 'queue-expired' } },
      money: { state: 'released' },
    });
  });

  it('counts its attempts over a busy answer', async () => {
    const task = aTask({ stage: queued({ creates: 1, unlogged: 2 }) });
    const world = aWorld(task, [{ kind: 'busy', detail: '429' }]);
    await startOn(world);
    expect(world.attempts.attempts.map(({ number }) => number)).toEqual([4, 5]);
  });
});

describe.each([
  ['of an ordinary store', false, 1],
  ['of a restored store', true, 0],
] as const)('a video %s that took its time', (_what, restored, times) => {
  const aRunner = (): Task =>
    aTask({ stage: running(), acceptedAt: NOON - 120_000, ...(restored ? { restored } : {}) });

  it(`has its caller pinged ${times} times`, async () => {
    const world = aWorld(aRunner(), []);
    await world.guilds.change(GUILD_ID, (settings) => ({ ...settings, finishPing: true }), {
      by: MEMBER_ID,
      what: 'finish_ping',
      from: 'off',
      to: 'on',
    });
    await startOn(world);
    expect(world.notified.filter((word) => word.startsWith('finished'))).toHaveLength(times);
  });

  it(`has ${times} new messages posted where its own is gone`, async () => {
    const world = aWorld(aRunner(), []);
    for (const message of world.channel.messages) message.isDeleted = true;
    await startOn(world);
    expect(world.channel.messages).toHaveLength(1 + times);
    const how = restored ? 'message-gone' : 'attachment';
    expect(world.tasks.byId.get(TASK_ID)).toMatchObject({
      stage: { name: 'ended', outcome: { kind: 'delivered', how }, notified: !restored },
      money: { state: 'settled' },
    });
  });
});
