import { describe, expect, it } from 'vitest';
import { EMPTY_HISTOGRAM } from '../../../src/domain/durations/histogram.ts';
import { planWithinBudget } from '../../../src/domain/durations/poll-budget.ts';
import { DEFAULT_TASK_POLICY } from '../../../src/domain/tasks/policy.ts';
import type { QueryOutcome } from '../../../src/domain/tasks/provider-answer.ts';
import { afterQuery } from '../../../src/domain/tasks/transitions.ts';
import { running } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';

const ASKED = NOON + 5000;
const TOLD = ASKED + 700;

/** The stage after an answer to a poll of a task that was last queued at this moment. */
function stageAfter(answer: QueryOutcome, queuedAt?: number) {
  const stage = running({ submittedAt: NOON, ...(queuedAt === undefined ? {} : { queuedAt }) });
  return afterQuery(stage, answer, {
    nowMs: TOLD,
    askedAt: ASKED,
    acceptedAt: NOON,
    resultRetentionMs: 0,
    policy: DEFAULT_TASK_POLICY,
    durations: {
      plan: planWithinBudget(EMPTY_HISTOGRAM, { minMs: 1000, maxMs: 60_000 }),
    },
    random: () => 0.5,
  }).stage;
}

describe('a task that its provider calls queued', () => {
  it('is queued as of the poll, not of its answer, which may be late', () => {
    expect(stageAfter({ kind: 'pending', isQueued: true })).toMatchObject({ queuedAt: ASKED });
  });

  it.each<[string, QueryOutcome]>([
    ['running', { kind: 'pending' }],
    ['running with a percentage', { kind: 'pending', progressPercent: 3 }],
    ['unknown', { kind: 'missing' }],
    ['finished without an address', { kind: 'finished' }],
  ])('is not queued any more once it is %s', (_what, answer) => {
    const stage = stageAfter(answer, NOON + 1000);
    expect(stage.name).toBe('running');
    expect(stage).not.toHaveProperty('queuedAt');
  });

  it.each<[string, QueryOutcome]>([
    ['failed', { kind: 'fault', fault: 'unavailable', detail: 'HTTP 503' }],
    ['was postponed', { kind: 'busy', detail: 'HTTP 429' }],
  ])('stays so as of then where a poll %s', (_what, answer) => {
    expect(stageAfter(answer, NOON + 1000)).toMatchObject({ queuedAt: NOON + 1000 });
  });
});
