import { describe, expect, it } from 'vitest';
import { NO_TRACE, asRestored, unknownSince } from '../../../src/domain/tasks/restored.ts';
import type { SendingRule, TaskTrace } from '../../../src/domain/tasks/restored.ts';
import type { Stage, Task } from '../../../src/domain/tasks/task.ts';
import {
  SETTINGS,
  aTask,
  ended,
  queued,
  running,
  submitting,
  telling,
  preparing,
} from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';

const acknowledging: Stage = { name: 'acknowledging' };
const attempts = (...numbers: number[]): TaskTrace => ({
  attempts: numbers.map((number) => ({ number, at: NOON + number })),
});
const over = (trace: TaskTrace): TaskTrace => ({ ...trace, endedAt: NOON + 100 });
const BY_LINES: SendingRule = { holdsAll: false, linesSince: 0 };
const HOLDS_ALL: SendingRule = { holdsAll: true, linesSince: 0 };
const held = ({ money, stage }: Task): boolean =>
  money.state === 'held' && stage.name === 'notifying' && stage.outcome.kind === 'restored';
const WEEK_MS = 7 * 86_400_000;

describe('what a task’s record does not know of', () => {
  it.each<[what: string, stage: Stage, trace: TaskTrace, since: number | undefined]>([
    ['nothing, without lines', queued(), NO_TRACE, undefined],
    ['the first attempt of one that was never sent', queued(), attempts(1), NOON + 1],
    ['the first attempt of one not answered yet', acknowledging, attempts(1), NOON + 1],
    [
      'nothing where it was busy and its line stands',
      queued({ creates: 1 }),
      attempts(1),
      undefined,
    ],
    ['the second attempt of a busy one', queued({ creates: 1 }), attempts(1, 2), NOON + 2],
    ['nothing where it could not be reached', queued({ notSent: 2 }), attempts(1, 2), undefined],
    ['nothing where a line failed half-way', queued({ unlogged: 1 }), attempts(1), undefined],
    ['an attempt after such a line', queued({ unlogged: 1 }), attempts(1, 2), NOON + 2],
    ['nothing while it was being sent', submitting(), attempts(1), undefined],
    ['the attempt after the one that was being sent', submitting(), attempts(1, 2), NOON + 2],
    ['nothing while it runs', running(), attempts(1, 2, 3), undefined],
    ['its end, while it runs', running(), over(attempts(1)), NOON + 100],
    ['its end, while it is told', telling({ kind: 'timed-out' }), over(NO_TRACE), NOON + 100],
    ['its end, while it waits', queued(), over(NO_TRACE), NOON + 100],
    ['nothing once it has ended', ended({ kind: 'timed-out' }), over(attempts(1)), undefined],
  ])('is %s', (_what, stage, trace, since) => {
    expect(unknownSince({ stage }, trace)).toBe(since);
  });

  it.each([
    ['nothing of the end before it was opened again', 100, undefined],
    ['nothing of one before that', 200, undefined],
    ['a later end', 99, NOON + 100],
  ])('is %s', (_what, endedBefore, since) => {
    const task = { stage: running(), endedBefore: NOON + endedBefore };
    expect(unknownSince(task, over(attempts(1)))).toBe(since);
  });
});

describe('an unfinished task of a restored store', () => {
  it.each<[what: string, stage: Stage, trace: TaskTrace, rule: SendingRule, isHeld: boolean]>([
    ['never sent, of a copy', queued(), NO_TRACE, HOLDS_ALL, true],
    ['not answered yet, of a copy', acknowledging, NO_TRACE, HOLDS_ALL, true],
    ['never sent, by its lines', queued(), NO_TRACE, BY_LINES, false],
    ['sent since', queued(), attempts(1), BY_LINES, true],
    ['sent since, though it was not answered yet', acknowledging, attempts(1), BY_LINES, true],
    ['sent again since', queued({ creates: 1 }), attempts(1, 2), BY_LINES, true],
    ['sent before only', queued({ creates: 1 }), attempts(1), BY_LINES, false],
    ['over since, by being taken back, say', queued(), over(NO_TRACE), BY_LINES, true],
    ['older than its lines', queued(), NO_TRACE, { holdsAll: false, linesSince: NOON + 1 }, true],
    ['as old as its lines', queued(), NO_TRACE, { holdsAll: false, linesSince: NOON }, false],
    ['preparing, by its lines', preparing(), NO_TRACE, BY_LINES, false],
    ['preparing, of a copy', preparing(), NO_TRACE, HOLDS_ALL, true],
    ['preparing, sent since', preparing(), attempts(1), BY_LINES, true],
    [
      'preparing again, sent before only',
      preparing({ sent: { creates: 1, notSent: 0 } }),
      attempts(1),
      BY_LINES,
      false,
    ],
    ['running, of a copy', running(), attempts(1), HOLDS_ALL, false],
    ['being sent, which every start holds', submitting(), attempts(1), HOLDS_ALL, false],
  ])('%s: held %5$s', (_what, stage, trace, rule, isHeld) => {
    // However old it is: a week after its deadline too.
    const next = asRestored(aTask({ stage }), trace, rule, NOON + WEEK_MS);
    expect(held(next)).toBe(isHeld);
    expect(next.restored).toBe(true);
    expect(next.stage === stage).toBe(!isHeld);
  });

  it('is held where its prompt was lost with the key, or its route is gone', () => {
    const task = aTask({ secrets: {}, settings: { ...SETTINGS, route: 'gone/model' } });
    expect(held(asRestored(task, attempts(1), BY_LINES, NOON))).toBe(true);
  });

  it('stays as it is once it has ended', () => {
    const task = aTask({ stage: ended({ kind: 'timed-out' }) });
    expect(asRestored(task, attempts(1), HOLDS_ALL, NOON)).toBe(task);
  });
});
