import type { TaskChanges } from '../../fakes/a-task.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  LATE_POLL_INTERVAL_MS,
  timedOutTask,
  nextLatePoll,
} from '../../../src/domain/tasks/late-poll.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { SETTINGS, OUTCOMES, aTask, ended, running, telling } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HELD = { state: 'held', amounts: { videos: 1n, seconds: 5n } } as const;
const known = { providerTaskId: 'p-1', createdAt: NOON, endedAt: NOON + HOUR };

/** Created at noon, given up an hour later. */
const late = (changes: TaskChanges = {}): Task =>
  aTask({ money: HELD, stage: ended({ kind: 'timed-out' }, known), ...changes });

function askedAt(task: Task, afterMs: number): number | undefined {
  const found = timedOutTask(task);
  if (found === undefined) throw new Error('not given up');
  return nextLatePoll(found, { lateFinishMs: 24 * HOUR }, afterMs);
}

describe('a task that is asked about late', () => {
  it('is one that was given up, is held, and has a number', () => {
    expect(timedOutTask(late())).toMatchObject(known);
  });

  it.each<[string, Partial<Task>]>([
    ['settled', { money: { ...HELD, state: 'settled' } }],
    ['released', { money: { state: 'released', assumed: false } }],
    ['without a number', { stage: ended({ kind: 'timed-out' }) }],
    ['not told yet', { stage: telling({ kind: 'timed-out' }, { providerTaskId: 'p-1' }) }],
    ['asked for again', { stage: running() }],
    ...OUTCOMES.filter(({ kind }) => kind !== 'timed-out').map(
      (outcome): [string, Partial<Task>] => [outcome.kind, { stage: ended(outcome, known) }],
    ),
  ])('is none that is %s', (_what, changes) => {
    expect(timedOutTask(late(changes))).toBeUndefined();
  });

  it('was created when it was accepted where an older version did not write it', () => {
    const stage = ended({ kind: 'timed-out' }, { providerTaskId: 'p-1' });
    expect(timedOutTask(late({ stage }))?.createdAt).toBe(NOON);
  });
});

describe('the time of a late ask', () => {
  it.each([
    [0, 2],
    [1, 2],
    [2, 3],
    [2.5, 3],
    [22.99, 23],
    [23, 24],
    [24, undefined],
    [100, undefined],
    // The clock was set back since.
    [-500, 2],
  ])('after %d hours is at %d hours', (after, hours) => {
    const at = hours === undefined ? undefined : NOON + hours * HOUR;
    expect(askedAt(late(), NOON + after * HOUR)).toBe(at);
  });

  it.each(['jimmy/seedance2.0-sp', 'anyfast/seedance-2.0-mini', 'gone/model'])(
    'ends for %s a day after its create, not after its end',
    (route) => {
      const settings = { ...SETTINGS, route };
      const stage = ended({ kind: 'timed-out' }, { ...known, endedAt: NOON + DAY - HOUR / 2 });
      expect(askedAt(late({ settings, stage }), NOON + DAY)).toBeUndefined();
      expect(askedAt(late({ settings }), NOON + DAY - HOUR)).toBe(NOON + DAY);
    },
  );

  it('comes once in every hour, wherever a process is started in between', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3 * HOUR }), { minLength: 1 }), (waits) => {
        let now = NOON + HOUR;
        const asks = new Set<number>();
        for (const wait of waits) {
          const next = askedAt(late(), now);
          now += wait;
          if (next !== undefined && next <= now) asks.add(next);
        }
        for (const at of asks) expect((at - NOON) % LATE_POLL_INTERVAL_MS).toBe(0);
        expect(asks.size).toBeLessThanOrEqual(23);
      }),
    );
  });
});
