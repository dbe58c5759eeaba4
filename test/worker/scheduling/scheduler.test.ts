import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScheduler } from '../../../src/worker/scheduling/scheduler.ts';
import type { Due } from '../../../src/worker/scheduling/scheduler.ts';
import { NOON, fakeClock, settle } from '../../fakes/clock.ts';

/** Steps that the test ends one by one. */
function heldSteps() {
  const open = new Map<string, (next: Due | undefined) => void>();
  const begun: string[] = [];
  return {
    open,
    begun,
    step: async (taskId: string): Promise<Due | undefined> => {
      begun.push(taskId);
      return new Promise((resolve) => {
        open.set(taskId, resolve);
      });
    },
    async end(taskId: string, next?: Due): Promise<void> {
      open.get(taskId)?.(next);
      open.delete(taskId);
      await settle();
    },
  };
}

describe('the scheduler', () => {
  it('runs a task when it is due and not before', async () => {
    const clock = fakeClock();
    const steps = heldSteps();
    const scheduler = createScheduler({ clock, laneLimit: () => 9, step: steps.step });
    scheduler.add('later', { lane: 'a', at: NOON + 2000 });
    scheduler.add('sooner', { lane: 'b', at: NOON + 1000 });
    expect(steps.begun).toEqual([]);
    await clock.advance(999);
    expect(steps.begun).toEqual([]);
    await clock.advance(1);
    expect(steps.begun).toEqual(['sooner']);
    await clock.advance(1000);
    expect(steps.begun).toEqual(['sooner', 'later']);
  });

  it('lets the earliest of a full lane go next', async () => {
    const steps = heldSteps();
    const scheduler = createScheduler({ clock: fakeClock(), laneLimit: () => 1, step: steps.step });
    scheduler.add('first', { lane: 'a', at: NOON });
    scheduler.add('old', { lane: 'a', at: NOON - 10 });
    scheduler.add('older', { lane: 'a', at: NOON - 20 });
    await steps.end('first');
    await steps.end('older');
    expect(steps.begun).toEqual(['first', 'older', 'old']);
  });

  it('takes away the turns of tasks, whether they wait, were moved or run', async () => {
    const clock = fakeClock();
    const steps = heldSteps();
    const scheduler = createScheduler({ clock, laneLimit: () => 9, step: steps.step });
    scheduler.add('runs', { lane: 'a', at: NOON });
    scheduler.add('waits', { lane: 'a', at: NOON + 1000 });
    scheduler.add('moved', { lane: 'a', at: NOON + 1000 });
    scheduler.move('moved', { lane: 'b', at: NOON + 500 });
    scheduler.add('other', { lane: 'a', at: NOON + 1000 });
    let isDropped = false;
    const dropped = scheduler
      .drop(new Set(['runs', 'waits', 'moved', 'unknown']))
      .then(() => (isDropped = true));
    await settle();
    expect(isDropped).toBe(false);
    await steps.end('runs', { lane: 'a', at: NOON + 1000 });
    await dropped;
    await clock.advance(2000);
    expect(steps.begun).toEqual(['runs', 'other']);
    // Taken up again, each has its turn once.
    for (const id of ['runs', 'waits', 'moved']) scheduler.add(id, { lane: 'a', at: clock.now() });
    await clock.advance(2000);
    expect(steps.begun).toEqual(['runs', 'other', 'runs', 'waits', 'moved']);
  });

  it('holds up nobody else where one lane is full', async () => {
    const clock = fakeClock();
    const steps = heldSteps();
    const scheduler = createScheduler({ clock, laneLimit: () => 1, step: steps.step });
    scheduler.add('slow', { lane: 'full', at: NOON });
    scheduler.add('waits', { lane: 'full', at: NOON });
    scheduler.add('other', { lane: 'free', at: NOON + 50 });
    await clock.advance(50);
    expect(steps.begun).toEqual(['slow', 'other']);
    await steps.end('slow', { lane: 'free', at: NOON + 60 });
    expect(steps.begun).toEqual(['slow', 'other', 'waits']);
  });

  it('starts what waits for a limit that has grown, when it is woken', async () => {
    const steps = heldSteps();
    let limit = 0;
    const scheduler = createScheduler({
      clock: fakeClock(),
      laneLimit: () => limit,
      step: steps.step,
    });
    for (const id of ['1', '2', '3']) scheduler.add(id, { lane: 'a', at: NOON });
    expect(steps.begun).toEqual([]);
    limit = 2;
    scheduler.wake();
    expect(steps.begun).toEqual(['1', '2']);
    limit = 1;
    await steps.end('1');
    expect(steps.begun).toEqual(['1', '2']);
    await steps.end('2');
    expect(steps.begun).toEqual(['1', '2', '3']);
  });

  it('lets the lanes of a group take turns in the room that they share', async () => {
    const clock = fakeClock();
    const steps = heldSteps();
    const scheduler = createScheduler({
      clock,
      laneLimit: () => 2,
      laneGroup: (lane) => (lane === 'alone' ? undefined : { name: 'group', limit: 3 }),
      step: steps.step,
    });
    for (const lane of ['a', 'b', 'c', 'alone']) {
      for (const index of [1, 2, 3]) scheduler.add(`${lane}${index}`, { lane, at: NOON });
    }
    expect(steps.begun).toEqual(['a1', 'a2', 'b1', 'alone1', 'alone2']);
    await steps.end('a1');
    await steps.end('b1');
    await steps.end('a2');
    await steps.end('c1');
    expect(steps.begun.slice(5)).toEqual(['a3', 'b2', 'c1', 'b3']);
    expect(clock.timersSet()).toBe(0);
  });

  it('sets one timer, and none where nothing waits', async () => {
    const clock = fakeClock();
    const steps = heldSteps();
    const scheduler = createScheduler({ clock, laneLimit: () => 9, step: steps.step });
    for (let index = 0; index < 50; index += 1) {
      scheduler.add(`t${index}`, { lane: `l${index % 3}`, at: NOON + 100 + index });
    }
    expect(clock.timersSet()).toBe(1);
    await clock.advance(1000);
    expect(clock.timersSet()).toBe(0);
  });

  it('starts nothing after a stop, and waits for what runs', async () => {
    const clock = fakeClock();
    const steps = heldSteps();
    const scheduler = createScheduler({ clock, laneLimit: () => 1, step: steps.step });
    scheduler.add('runs', { lane: 'a', at: NOON });
    scheduler.add('waits', { lane: 'a', at: NOON });
    scheduler.add('due later', { lane: 'b', at: NOON + 100 });
    let isStopped = false;
    const stopping = scheduler.stop().finally(() => {
      isStopped = true;
    });
    await clock.advance(1000);
    expect(isStopped).toBe(false);
    await steps.end('runs', { lane: 'a', at: NOON });
    await stopping;
    scheduler.add('too late', { lane: 'a', at: NOON });
    await clock.advance(1000);
    expect(steps.begun).toEqual(['runs']);
    expect(clock.timersSet()).toBe(0);
  });

  it('never runs two steps of a task at once, nor more of a lane than it may', async () => {
    const plans = fc.record({
      tasks: fc.array(fc.record({ lane: fc.nat(2), at: fc.nat(300) }), {
        minLength: 1,
        maxLength: 12,
      }),
      limits: fc.tuple(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constant(1),
      ),
      steps: fc.array(
        fc.record({ took: fc.nat(120), lane: fc.nat(2), wait: fc.nat(200), isLast: fc.boolean() }),
        { minLength: 1, maxLength: 60 },
      ),
    });
    await fc.assert(
      fc.asyncProperty(plans, async ({ tasks, limits, steps }) => {
        const clock = fakeClock();
        const laneOf = new Map(tasks.map(({ lane }, index) => [`t${index}`, `l${lane}`]));
        const runningTasks = new Set<string>();
        const inLane = new Map<string, number>();
        const faults: string[] = [];
        let turn = 0;
        const scheduler = createScheduler({
          clock,
          laneLimit: (lane) => limits[Number(lane.slice(1))] ?? 1,
          step: async (taskId) => {
            const lane = laneOf.get(taskId) ?? '';
            if (runningTasks.has(taskId)) faults.push(`${taskId} twice`);
            runningTasks.add(taskId);
            const count = (inLane.get(lane) ?? 0) + 1;
            inLane.set(lane, count);
            if (count > (limits[Number(lane.slice(1))] ?? 1)) faults.push(`${lane} over`);
            const plan = steps[turn % steps.length] ?? { took: 0, lane: 0, wait: 0, isLast: true };
            turn += 1;
            await new Promise<void>((resolve) => {
              clock.after(plan.took, resolve);
            });
            runningTasks.delete(taskId);
            inLane.set(lane, (inLane.get(lane) ?? 0) - 1);
            if (plan.isLast || turn > 60) return undefined;
            laneOf.set(taskId, `l${plan.lane}`);
            return { lane: `l${plan.lane}`, at: clock.now() + plan.wait };
          },
        });
        for (const [index, { lane, at }] of tasks.entries()) {
          scheduler.add(`t${index}`, { lane: `l${lane}`, at: NOON + at });
        }
        let isGoingOn = true;
        while (isGoingOn) isGoingOn = await clock.advanceToNextTimer();
        expect(faults).toEqual([]);
        expect(runningTasks.size).toBe(0);
        expect(turn).toBeGreaterThanOrEqual(tasks.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a task that is moved', () => {
  it('has its new turn alone, also where that puts it off again', async () => {
    const clock = fakeClock();
    const steps = heldSteps();
    const scheduler = createScheduler({ clock, laneLimit: () => 9, step: steps.step });
    scheduler.add('task', { lane: 'create', at: NOON + 1000 });
    scheduler.move('task', { lane: 'tell', at: NOON });
    expect(steps.begun).toEqual(['task']);
    await steps.end('task', { lane: 'tell', at: NOON + 5000 });
    await clock.advance(4999);
    expect(steps.begun).toEqual(['task']);
    await clock.advance(1);
    expect(steps.begun).toEqual(['task', 'task']);
    await steps.end('task');
    await clock.advance(60_000);
    expect(steps.begun).toHaveLength(2);
  });

  it('leaves nothing behind where it is over before its old turn', async () => {
    const clock = fakeClock();
    const steps = heldSteps();
    const scheduler = createScheduler({ clock, laneLimit: () => 1, step: steps.step });
    scheduler.add('task', { lane: 'create', at: NOON + 1000 });
    scheduler.move('task', { lane: 'tell', at: NOON });
    await steps.end('task');
    scheduler.add('other', { lane: 'create', at: NOON + 1000 });
    await clock.advance(1000);
    expect(steps.begun).toEqual(['task', 'other']);
    await steps.end('other');
    scheduler.add('task', { lane: 'create', at: NOON + 2000 });
    await clock.advance(1000);
    expect(steps.begun).toEqual(['task', 'other', 'task']);
  });
});
