import { describe, expect, it } from 'vitest';
import { switchReason } from '../../../src/domain/auto/switch-reason.ts';
import type { Attempt } from '../../../src/domain/tasks/attempt.ts';
import { planOf, withNextRoute } from '../../../src/domain/tasks/plan.ts';
import type { Plan } from '../../../src/domain/tasks/plan.ts';
import type { CreateOutcome } from '../../../src/domain/tasks/provider-answer.ts';
import {
  REJECTION_CATEGORIES,
  isAboutContent,
} from '../../../src/domain/tasks/provider-rejection.ts';
import { SETTINGS, aRefusal } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';

const FIRST = { ...SETTINGS, quote: { kind: 'unknown' } } as const;
const PLAN = planOf(FIRST, { by: 'only', of: 1 });
const ON_SECOND = withNextRoute(PLAN, { ...FIRST, route: 'anyfast/seedance-2.0-mini' });

const attempts = (route: string, ...outcomes: readonly Attempt['outcome'][]): Attempt[] =>
  outcomes.map((outcome) => ({ route, at: NOON, outcome }));

const refused = (
  category: (typeof REJECTION_CATEGORIES)[number],
  isCoded?: true,
): CreateOutcome => ({
  kind: 'refused',
  refusal: aRefusal({ category }),
  ...(isCoded === undefined ? {} : { isCoded }),
});
const busy = (retryAfterMs?: number): CreateOutcome => ({
  kind: 'busy',
  detail: '',
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});
const NOT_SENT: CreateOutcome = { kind: 'not-sent', detail: '' };
const HERE = FIRST.route;
const SECOND = 'anyfast/seedance-2.0-mini';

describe('an auto task', () => {
  it.each<[string, CreateOutcome, readonly Attempt[], string | undefined, Plan?]>([
    ['not sent once', NOT_SENT, attempts(HERE, 'not-sent'), undefined],
    ['not sent twice', NOT_SENT, attempts(HERE, 'not-sent', 'not-sent'), undefined],
    [
      'not sent three times running',
      NOT_SENT,
      attempts(HERE, 'busy', 'not-sent', 'not-sent', 'not-sent'),
      'unreachable',
    ],
    [
      'not sent three times, not running',
      NOT_SENT,
      attempts(HERE, 'not-sent', 'not-sent', 'busy', 'not-sent'),
      undefined,
    ],
    [
      'not sent three times, one of them on another route',
      NOT_SENT,
      [...attempts(HERE, 'not-sent'), ...attempts(SECOND, 'not-sent', 'not-sent')],
      undefined,
      ON_SECOND,
    ],
    ['busy for a moment', busy(1000), attempts(HERE, 'busy'), undefined],
    ['busy, it does not say how long', busy(), attempts(HERE, 'busy'), undefined],
    ['busy for 30 s', busy(30_000), attempts(HERE, 'busy'), undefined],
    ['busy for longer', busy(30_001), attempts(HERE, 'busy'), 'busy'],
    ['busy three times running', busy(), attempts(HERE, 'busy', 'busy', 'busy'), 'busy'],
    [
      'sent to a wrong address',
      { kind: 'wrong-address', detail: '' },
      attempts(HERE, 'wrong-address'),
      'wrong-address',
    ],
    ['of unknown outcome', { kind: 'unknown', detail: '' }, attempts(HERE, 'unknown'), undefined],
    ['created', { kind: 'created', providerTaskId: 'p-1' }, attempts(HERE, 'created'), undefined],
    [
      'whose media are not usable yet',
      { kind: 'assets-unready', refusal: aRefusal({ category: 'parameters' }) },
      attempts(HERE, 'assets-unready'),
      undefined,
    ],
  ])('%s', (_what, answer, made, reason, plan = PLAN) => {
    expect(switchReason({ plan, attempts: made }, answer)).toBe(reason);
  });

  it.each(REJECTION_CATEGORIES)('refused by a known code for %s', (category) => {
    const reason = switchReason(
      { plan: PLAN, attempts: attempts(HERE, 'refused') },
      refused(category, true),
    );
    expect(reason).toBe(isAboutContent(category) ? undefined : 'refused');
  });

  it.each(REJECTION_CATEGORIES)('refused in words alone for %s stays', (category) => {
    const task = { plan: PLAN, attempts: attempts(HERE, 'refused') };
    expect(switchReason(task, refused(category))).toBeUndefined();
  });
});

it('never moves a task whose model was chosen by its member', () => {
  const task = { plan: planOf(FIRST), attempts: attempts(HERE, 'busy', 'busy', 'busy') };
  expect(switchReason(task, busy(60_000))).toBeUndefined();
  expect(switchReason(task, { kind: 'wrong-address', detail: '' })).toBeUndefined();
});
