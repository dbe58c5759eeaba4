import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_HISTOGRAM } from '../../../src/domain/durations/histogram.ts';
import { planWithinBudget } from '../../../src/domain/durations/poll-budget.ts';
import { nextPollDelayMs } from '../../../src/domain/durations/poll-plan.ts';
import type { CreateOutcome, QueryOutcome } from '../../../src/domain/tasks/provider-answer.ts';
import { DEFAULT_TASK_POLICY } from '../../../src/domain/tasks/policy.ts';
import type { Stage } from '../../../src/domain/tasks/task.ts';
import { afterCreate, afterQuery } from '../../../src/domain/tasks/transitions.ts';
import type { Moment } from '../../../src/domain/tasks/transitions.ts';
import { RESULT_URL, aRefusal, queued, running, submitting } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const BOUNDS = { minMs: 1000, maxMs: 60_000 };
const plan = planWithinBudget(EMPTY_HISTOGRAM, BOUNDS);

const at = (nowMs: number, changes: Partial<Moment> = {}): Moment => ({
  nowMs,
  acceptedAt: NOON,
  resultRetentionMs: DAY,
  policy: DEFAULT_TASK_POLICY,
  durations: { plan },
  random: () => 0.5,
  ...changes,
});

/** What is told at the end, or the stage that goes on. */
function wordOf(stage: Stage): string {
  return stage.name === 'notifying' ? stage.outcome.kind : stage.name;
}

const busy = (retryAfterMs?: number): CreateOutcome & QueryOutcome => ({
  kind: 'busy',
  detail: '429',
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
const notSent: CreateOutcome = { kind: 'not-sent', detail: 'ECONNREFUSED' };
const fault: QueryOutcome = { kind: 'fault', fault: 'unavailable', detail: '503' };
const refusal = aRefusal();

describe('the answer to a create', () => {
  it.each<[string, CreateOutcome, string]>([
    ['created', { kind: 'created', providerTaskId: 'p-9' }, 'running'],
    ['refused', { kind: 'refused', refusal }, 'refused'],
    ['unknown', { kind: 'unknown', detail: 'reset' }, 'outcome-unknown'],
    ['busy', busy(), 'queued'],
    ['not sent', notSent, 'queued'],
  ])('%s leads to %s', (_what, answer, word) => {
    expect(wordOf(afterCreate(submitting(), answer, at(NOON)).stage)).toBe(word);
  });

  it('keeps the provider number and looks when the plan says', () => {
    const created = { kind: 'created', providerTaskId: 'p-9' } as const;
    expect(afterCreate(submitting({ creates: 2 }), created, at(NOON + 500))).toEqual({
      stage: running({ providerTaskId: 'p-9', submittedAt: NOON + 500 }),
      nextAt: NOON + 500 + nextPollDelayMs(plan, 0, () => 0.5),
    });
  });

  it('freezes what is known of how long such tasks take', () => {
    const created = { kind: 'created', providerTaskId: 'p-9' } as const;
    const typicalDuration = { fromSeconds: 90, toSeconds: 180 };
    const begun = afterCreate(
      submitting(),
      created,
      at(NOON, { durations: { plan, typicalDuration } }),
    );
    expect(begun.stage).toMatchObject({ typicalDuration });
    const later = { plan, typicalDuration: { fromSeconds: 20, toSeconds: 30 } };
    const moment = at(NOON + 9000, { durations: later });
    expect(
      afterQuery(running({ typicalDuration }), { kind: 'pending' }, moment).stage,
    ).toMatchObject({
      typicalDuration,
    });
  });

  it('keeps the refusal for the caller', () => {
    const { stage } = afterCreate(submitting(), { kind: 'refused', refusal }, at(NOON));
    expect(stage).toMatchObject({ name: 'notifying', outcome: { kind: 'refused', refusal } });
  });

  it.each<[string, CreateOutcome, object, string]>([
    ['the seventh busy', busy(), { creates: 6 }, 'queued'],
    ['the eighth busy', busy(), { creates: 7 }, 'provider-busy'],
    ['the seventh unreached', notSent, { notSent: 6 }, 'queued'],
    ['the eighth unreached', notSent, { notSent: 7 }, 'provider-unreachable'],
    ['unreached after seven busy ones', notSent, { creates: 7 }, 'queued'],
  ])('%s in a row is %s', (_what, answer, counts, word) => {
    expect(wordOf(afterCreate(submitting(counts), answer, at(NOON)).stage)).toBe(word);
  });

  it('counts busy and unreached apart, for only the first may have been billed', () => {
    expect(afterCreate(submitting({ creates: 2, notSent: 3 }), busy(9000), at(NOON)).stage).toEqual(
      queued({ creates: 3, notSent: 3, notBefore: NOON + 9000, since: NOON }),
    );
    expect(
      afterCreate(submitting({ creates: 2, notSent: 3 }), notSent, at(NOON)).stage,
    ).toMatchObject({ creates: 2, notSent: 4 });
  });

  it.each([
    [HOUR - 1, 'queued'],
    [HOUR, 'provider-busy'],
    [2 * HOUR, 'provider-busy'],
  ])('Retry-After of %i ms within an hour of patience is %s', (retryAfterMs, word) => {
    const { stage, nextAt } = afterCreate(submitting(), busy(retryAfterMs), at(NOON));
    expect(wordOf(stage)).toBe(word);
    expect(nextAt).toBe(word === 'queued' ? NOON + retryAfterMs : NOON);
  });

  it('unreached until the time is up is told as unreachable', () => {
    const { stage } = afterCreate(submitting(), notSent, at(NOON + HOUR - 1));
    expect(wordOf(stage)).toBe('provider-unreachable');
  });
});

it('media that are not usable yet are looked at again before the next create', () => {
  const next = afterCreate(
    submitting({ creates: 2, notSent: 1 }),
    { kind: 'assets-unready', refusal },
    at(NOON),
  );
  const sent = { creates: 3, notSent: 1 };
  expect(next).toEqual({ stage: { name: 'preparing', since: NOON, sent }, nextAt: NOON + 9000 });
});

describe('a look at a running task', () => {
  it.each<[string, QueryOutcome, number, string]>([
    ['pending', { kind: 'pending' }, 0, 'running'],
    ['pending before the deadline', { kind: 'pending' }, HOUR - 1, 'running'],
    ['pending at the deadline', { kind: 'pending' }, HOUR, 'timed-out'],
    ['finished', { kind: 'finished', resultUrl: RESULT_URL }, 0, 'delivering'],
    ['finished after the deadline', { kind: 'finished', resultUrl: RESULT_URL }, DAY, 'delivering'],
    ['failed after the deadline', { kind: 'failed', refusal }, DAY, 'failed'],
    ['failed', { kind: 'failed', refusal }, 0, 'failed'],
    ['missing in the first minute', { kind: 'missing' }, MINUTE - 1, 'running'],
    ['busy', busy(), 0, 'running'],
    ['busy at the deadline', busy(), HOUR, 'timed-out'],
    ['a fault', fault, 0, 'running'],
    ['a fault at the deadline', fault, HOUR, 'timed-out'],
    ['a refused key', { ...fault, fault: 'unauthorized' }, 0, 'running'],
    ['nonsense', { ...fault, fault: 'bad-response' }, 0, 'running'],
  ])('that finds it %s, %i ms after the create, leads to %s', (_what, answer, age, word) => {
    expect(wordOf(afterQuery(running(), answer, at(NOON + age)).stage)).toBe(word);
  });

  it('never ends a task before a look was made at the deadline', () => {
    const late = NOON + HOUR - 10;
    const pending = afterQuery(running(), { kind: 'pending' }, at(late));
    expect(pending.nextAt).toBe(NOON + HOUR);
    expect(afterQuery(running(), fault, at(late)).nextAt).toBe(NOON + HOUR);
  });

  it('keeps the result good for as long as the route says', () => {
    const answer = { kind: 'finished', resultUrl: RESULT_URL } as const;
    const { stage, nextAt } = afterQuery(running(), answer, at(NOON + 5000));
    expect(stage).toMatchObject({ finishedAt: NOON + 5000, resultUntil: NOON + 5000 + DAY });
    expect(nextAt).toBe(NOON + 5000);
  });

  it.each([
    [0, 'running'],
    [MINUTE - 1, 'running'],
    [MINUTE, 'result-lost'],
  ])('that finds it finished without an address for %i ms leads to %s', (since, word) => {
    const first = afterQuery(running(), { kind: 'finished' }, at(NOON + 7000)).stage;
    expect(first).toMatchObject({ name: 'running', addressMissingSince: NOON + 7000 });
    const again = { ...running(), ...(first.name === 'running' ? first : {}) };
    const { stage, nextAt } = afterQuery(again, { kind: 'finished' }, at(NOON + 7000 + since));
    expect(wordOf(stage)).toBe(word);
    expect(nextAt).toBeLessThanOrEqual(NOON + 7000 + MINUTE);
  });

  it('takes an address that comes late', () => {
    const waiting = running({ addressMissingSince: NOON });
    const answer = { kind: 'finished', resultUrl: RESULT_URL } as const;
    expect(afterQuery(waiting, answer, at(NOON + 2 * MINUTE)).stage.name).toBe('delivering');
  });

  it('counts faults in a row and forgets them at the next word', () => {
    const twice = afterQuery(running({ faults: 1 }), busy(), at(NOON)).stage;
    expect(twice).toMatchObject({ faults: 2 });
    const word = { kind: 'pending', progressPercent: 12 } as const;
    expect(afterQuery(running({ faults: 5 }), word, at(NOON)).stage).toEqual(
      running({ progressPercent: 12, lastPolledAt: NOON }),
    );
  });

  it('keeps the last percentage where the provider gives none, and invents none', () => {
    const known = running({ progressPercent: 40 });
    const seen = { lastPolledAt: NOON };
    expect(afterQuery(known, { kind: 'pending' }, at(NOON)).stage).toEqual({ ...known, ...seen });
    expect(afterQuery(running(), { kind: 'pending' }, at(NOON)).stage).toEqual(running(seen));
  });

  it('believes "no such task" after a minute of nothing else, however old the task is', () => {
    const old = running({ submittedAt: NOON - HOUR / 2 });
    const first = afterQuery(old, { kind: 'missing' }, at(NOON)).stage;
    expect(first).toMatchObject({ name: 'running', missingSince: NOON });
    if (first.name !== 'running') throw new Error(first.name);
    expect(afterQuery(first, fault, at(NOON + 1)).stage).toMatchObject({ missingSince: NOON });
    expect(afterQuery(first, { kind: 'pending' }, at(NOON + 1)).stage).not.toHaveProperty(
      'missingSince',
    );
    const last = afterQuery(first, { kind: 'missing' }, at(NOON + MINUTE)).stage;
    expect(wordOf(last)).toBe('unknown-to-provider');
  });

  it('knows when it was last found under way: a fault of the look tells nothing', () => {
    const first = afterQuery(running(), { kind: 'pending' }, at(NOON + 9000)).stage;
    expect(first).toMatchObject({ lastPolledAt: NOON + 9000 });
    const seen = running({ lastPolledAt: NOON + 9000 });
    for (const answer of [fault, busy(), { kind: 'missing' } as const]) {
      const { stage } = afterQuery(seen, answer, at(NOON + 20_000));
      expect(stage).toMatchObject({ lastPolledAt: NOON + 9000 });
    }
  });

  it('comes sooner or later by a percentage that grows, within the bounds', () => {
    const now = NOON + 100_000;
    const seen = running({ progressPercent: 20, lastPolledAt: NOON + 90_000 });
    const waits = [20, 99, 21].map((progressPercent) => {
      const answer = { kind: 'pending', progressPercent } as const;
      return afterQuery(seen, answer, at(now)).nextAt - now;
    });
    const typicalDuration = nextPollDelayMs(plan, 100_000, () => 0.5);
    const wanted = [typicalDuration, typicalDuration / 3, typicalDuration * 2];
    for (const [index, wait] of waits.entries()) expect(wait).toBeCloseTo(wanted[index] ?? 0, 3);
  });

  it('honours Retry-After, whatever the least interval is', () => {
    expect(afterQuery(running(), busy(45_000), at(NOON)).nextAt).toBe(NOON + 45_000);
    const slow = planWithinBudget(EMPTY_HISTOGRAM, { ...BOUNDS, minMs: 8000 });
    const moment = at(NOON, { durations: { plan: slow } });
    expect(afterQuery(running(), busy(1), moment).nextAt).toBe(NOON + 1);
  });
});

const randoms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const retryAfter = fc.option(fc.nat(2 * HOUR), { nil: undefined });
const createAnswers: fc.Arbitrary<CreateOutcome> = fc.oneof(
  fc.constant<CreateOutcome>({ kind: 'created', providerTaskId: 'p' }),
  fc.constant<CreateOutcome>({ kind: 'refused', refusal }),
  fc.constant<CreateOutcome>({ kind: 'assets-unready', refusal }),
  fc.constant<CreateOutcome>({ kind: 'unknown', detail: '' }),
  fc.constant(notSent),
  retryAfter.map((ms): CreateOutcome => busy(ms)),
);
const queryAnswers: fc.Arbitrary<QueryOutcome> = fc.oneof(
  fc.nat(100).map((progressPercent): QueryOutcome => ({ kind: 'pending', progressPercent })),
  fc.constant<QueryOutcome>({ kind: 'finished' }),
  fc.constant<QueryOutcome>({ kind: 'missing' }),
  fc.constant(fault),
  retryAfter.map((ms): QueryOutcome => busy(ms)),
);

describe('whatever a provider answers', () => {
  it('a create is sent at most eight times busy and eight times unreached, and it ends', () => {
    fc.assert(
      fc.property(fc.infiniteStream(createAnswers), randoms, (answers, random) => {
        let stage: Stage = submitting();
        let now = NOON;
        let sent = 0;
        for (const answer of answers) {
          if (stage.name !== 'submitting') break;
          sent += 1;
          const moment = at(now, { random: () => random });
          const next = afterCreate(stage, answer, moment);
          expect(next.nextAt).toBeGreaterThanOrEqual(now);
          expect(next.nextAt).toBeLessThan(NOON + HOUR + 1);
          now = next.nextAt;
          const waiting = next.stage.name === 'preparing' ? next.stage.sent : next.stage;
          stage =
            waiting !== undefined && 'creates' in waiting
              ? submitting({ creates: waiting.creates, notSent: waiting.notSent })
              : next.stage;
        }
        // Twelve of them with media in a library.
        expect(sent).toBeLessThanOrEqual(19);
        expect(['running', 'notifying']).toContain(stage.name);
      }),
    );
  });

  it('a running task is looked at within its bounds and ends by its deadline or a grace', () => {
    fc.assert(
      fc.property(fc.infiniteStream(queryAnswers), randoms, (answers, random) => {
        let stage: Stage = running();
        let now = NOON;
        let looks = 0;
        for (const answer of answers) {
          if (stage.name !== 'running') break;
          looks += 1;
          const next = afterQuery(stage, answer, at(now, { random: () => random }));
          const wait = next.nextAt - now;
          const isOver = next.stage.name !== 'running';
          const isLast = next.nextAt === NOON + HOUR || answer.kind === 'finished';
          // Neither Retry-After nor back-off nor a grace's end is bounded by the poll's interval.
          const isPoll = answer.kind === 'pending';
          expect(wait).toBeGreaterThanOrEqual(isOver || isLast || !isPoll ? 0 : BOUNDS.minMs);
          const asked = answer.kind === 'busy' ? (answer.retryAfterMs ?? 0) : 0;
          expect(wait).toBeLessThanOrEqual(Math.max(BOUNDS.maxMs, asked));
          now = next.nextAt;
          stage = next.stage;
        }
        expect(stage.name).toBe('notifying');
        expect(now).toBeLessThanOrEqual(NOON + HOUR + MINUTE);
        expect(looks).toBeLessThan(20_000);
      }),
      { numRuns: 50 },
    );
  });
});
