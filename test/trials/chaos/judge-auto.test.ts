import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../../src/domain/tasks/attempt.ts';
import type { PlannedRoute, SwitchReason } from '../../../src/domain/tasks/plan.ts';
import type { Quote } from '../../../src/domain/ledger/quote.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import type { RecordedRequest } from '../../../src/simulators/providers/recorded-request.ts';
import type { Evidence } from '../../../src/trials/chaos/evidence.ts';
import type { FindingKind } from '../../../src/trials/chaos/finding.ts';
import { ended } from '../../fakes/a-task.ts';
import { NOON } from '../../fakes/clock.ts';
import { aClip, aCommand, deliveredTask, findingsOf, ledgerRecordsOf } from './clean-evidence.ts';

const FULL = 'jimmy/sd2_mx';
const SP = 'jimmy/seedance2.0-sp';
const OTHER = 'anyfast/seedance-2.0-mini';
const UNKNOWN: Quote = { kind: 'unknown' };

const at = (micros: bigint, amount: string, per: 'task' | 'second' = 'task'): Quote => ({
  kind: 'priced',
  micros,
  currency: 'USD',
  price: { amount, currency: 'USD', per },
});
const FULL_QUOTE = at(100_000n, '0.02', 'second');
const OTHER_QUOTE = at(100_000n, '0.10');
const PRICES = {
  'jimmy/sd2_mx_720p': { amount: '0.02', per: 'second' },
  [OTHER]: { amount: '0.10', per: 'task' },
};

const planned = (route: string, quote: Quote, because?: SwitchReason): PlannedRoute => ({
  route,
  durationSeconds: 5,
  resolution: '720p',
  quote,
  ...(because === undefined ? {} : { because }),
});

const FIRST = planned(FULL, FULL_QUOTE);

const attempts = (...made: readonly (readonly [string, Attempt['outcome']])[]): Attempt[] =>
  made.map(([route, outcome], index) => ({
    route,
    at: NOON + index,
    ...(outcome === undefined ? {} : { outcome }),
  }));

const REFUSED_AND_MADE = attempts([FULL, 'refused'], [OTHER, 'created']);

function autoTask(
  routes: readonly PlannedRoute[],
  changes: Partial<Task> = {},
  isAuto = true,
): Task {
  const [first = FIRST, ...more] = routes;
  const { quote } = routes.at(-1) ?? first;
  const cost = quote.kind === 'priced' ? { cost: quote.micros } : {};
  return deliveredTask({
    plan: {
      routes: [first, ...more],
      current: routes.length - 1,
      ...(isAuto ? { auto: { by: 'price', of: 2 } as const } : {}),
    },
    attempts: REFUSED_AND_MADE,
    money: { state: 'settled', amounts: { videos: 1n, seconds: 5n, ...cost } },
    ...changes,
  });
}

const aCreate = (provider: string): RecordedRequest => ({
  provider,
  purpose: 'create',
  method: 'POST',
  path: '/',
  headers: {},
  body: { prompt: aCommand(null).prompt },
  atMs: NOON,
});

/** The clip that AnyFast made for it. */
const OTHERS_CLIP = aClip({
  provider: 'anyfast',
  clip: { ...aClip().clip, model: 'seedance-2.0-mini' },
});

const ONCE_EACH = [aCreate('jimmy'), aCreate('anyfast')];

function found(task: Task, changes: Partial<Evidence> = {}): FindingKind[] {
  return findingsOf({
    tasks: new Map([[task.id, task]]),
    records: ledgerRecordsOf([task]),
    clips: [OTHERS_CLIP],
    prices: PRICES,
    providerRequests: ONCE_EACH,
    ...changes,
  });
}

const TWO = [FIRST, planned(OTHER, OTHER_QUOTE, 'refused')];

describe('the verdict on the plan of an auto task', () => {
  it('finds nothing where it went on after a "no", at the same price', () => {
    expect(found(autoTask(TWO))).toEqual([]);
  });

  it.each<[string, readonly PlannedRoute[], FindingKind[]]>([
    ['without a reason', [FIRST, planned(OTHER, OTHER_QUOTE)], ['doubled', 'off']],
    [
      'with a reason before the first',
      [planned(FULL, FULL_QUOTE, 'busy'), ...TWO.slice(1)],
      ['off'],
    ],
  ])('finds a next route %s', (_what, routes, kinds) => {
    expect(found(autoTask(routes))).toEqual(kinds);
  });

  it('finds a price that rises', () => {
    const dear = at(110_000n, '0.11');
    expect(
      found(autoTask([FIRST, planned(OTHER, dear, 'refused')]), {
        prices: { ...PRICES, [OTHER]: { amount: '0.11', per: 'task' } },
      }),
    ).toEqual(['let-through']);
  });

  it('finds a known price that becomes unknown, and an unknown one that becomes known', () => {
    const { [OTHER]: _, ...others } = PRICES;
    expect(
      found(autoTask([FIRST, planned(OTHER, UNKNOWN, 'refused')]), { prices: others }),
    ).toEqual(['let-through']);
    expect(
      found(autoTask([planned(FULL, UNKNOWN), planned(OTHER, OTHER_QUOTE, 'refused')]), {
        prices: { [OTHER]: PRICES[OTHER] ?? { amount: '', per: '' } },
      }),
    ).toEqual(['let-through']);
  });

  it('finds a route that was tried twice', () => {
    const back = planned(FULL, FULL_QUOTE, 'refused');
    const task = autoTask([...TWO, back], {
      attempts: attempts([FULL, 'refused'], [OTHER, 'refused'], [FULL, 'created']),
    });
    expect(
      found(task, {
        clips: [aClip({ clip: { ...aClip().clip, model: 'sd2_mx_720p' } })],
        providerRequests: [...ONCE_EACH, aCreate('jimmy')],
      }),
    ).toContain('doubled');
  });

  it('finds a task that is not on its last route', () => {
    const task = autoTask(TWO);
    expect(found({ ...task, plan: { ...task.plan, current: 0 } })).toContain('off');
  });

  it('finds a next route of a model that its member chose', () => {
    expect(found(autoTask(TWO, {}, false))).toEqual(['off']);
  });

  it.each<[string, Quote]>([
    ['another amount', at(90_000n, '0.09')],
    ['another sum', at(90_000n, '0.10')],
    ['no price', UNKNOWN],
  ])('finds a plan at %s than the operator wrote', (_what, quote) => {
    const task = autoTask([planned(OTHER, quote)], { attempts: attempts([OTHER, 'created']) });
    expect(found(task, { providerRequests: [aCreate('anyfast')] })).toEqual(['off']);
  });

  it('finds a settlement at another price than that of its route', () => {
    const money: Task['money'] = {
      state: 'settled',
      amounts: { videos: 1n, seconds: 5n, cost: 126_000n },
    };
    expect(found(autoTask(TWO, { money }))).toEqual(['off']);
  });
});

describe('the verdict on the attempts of an auto task', () => {
  it.each<Attempt['outcome']>(['unknown', 'created', undefined])(
    'finds a next route after "%s"',
    (outcome) => {
      const task = autoTask(TWO, { attempts: attempts([FULL, outcome], [OTHER, 'created']) });
      const kinds = found(task);
      expect(kinds).toContain('doubled');
      // Nor does what its plan says fit.
      expect(kinds).toContain('off');
    },
  );

  it.each<Attempt['outcome']>(['unknown', 'created', 'refused', 'wrong-address', undefined])(
    'finds another create on the same route after "%s"',
    (outcome) => {
      const task = autoTask([FIRST], {
        attempts: attempts([FULL, outcome], [FULL, 'created']),
      });
      expect(
        found(task, {
          clips: [aClip({ clip: { ...aClip().clip, model: 'sd2_mx_720p' } })],
          providerRequests: [aCreate('jimmy'), aCreate('jimmy')],
        }),
      ).toEqual(['doubled']);
    },
  );

  it('finds an attempt on a route that is not planned, or that was left', () => {
    const strange = autoTask(TWO, {
      attempts: attempts([SP, 'busy'], [FULL, 'refused'], [OTHER, 'created']),
    });
    const requests = { providerRequests: [...ONCE_EACH, aCreate('jimmy')] };
    expect(found(strange, requests)).toEqual(['off']);
    const back = autoTask(TWO, {
      attempts: attempts([OTHER, 'busy'], [FULL, 'refused'], [OTHER, 'created']),
    });
    expect(found(back, { providerRequests: [...ONCE_EACH, aCreate('anyfast')] })).toEqual([
      'doubled',
    ]);
  });

  it('finds a reason that no answer gave', () => {
    const task = autoTask(TWO, { attempts: attempts([FULL, 'busy'], [OTHER, 'created']) });
    expect(found(task)).toContain('off');
    expect(
      found(autoTask(TWO, { attempts: attempts([OTHER, 'created']) }), {
        providerRequests: [aCreate('anyfast')],
      }),
    ).toEqual(['off']);
    // Another task found it busy.
    const busy = [FIRST, planned(OTHER, OTHER_QUOTE, 'busy')];
    expect(
      found(autoTask(busy, { attempts: attempts([OTHER, 'created']) }), {
        providerRequests: [aCreate('anyfast')],
      }),
    ).toEqual([]);
  });

  it('finds a video that another route made than the books say', () => {
    expect(found(autoTask(TWO), { clips: [aClip()] })).toEqual(['off']);
    expect(
      found(autoTask(TWO), {
        clips: [{ ...OTHERS_CLIP, clip: { ...OTHERS_CLIP.clip, durationSeconds: 6 } }],
      }),
    ).toEqual(['off']);
  });

  it('finds a provider that was asked more or less often than the books say', () => {
    expect(found(autoTask(TWO), { providerRequests: [...ONCE_EACH, aCreate('jimmy')] })).toEqual([
      'doubled',
    ]);
    expect(found(autoTask(TWO), { providerRequests: [aCreate('anyfast')] })).toEqual(['off']);
    // One that left nothing behind need not have been read.
    const cut = autoTask([FIRST], {
      attempts: attempts([FULL, 'not-sent'], [FULL, 'unknown']),
      stage: ended({ kind: 'outcome-unknown' }, { notified: false }),
      money: { state: 'held', amounts: { videos: 1n, seconds: 5n, cost: 100_000n } },
    });
    const held = new Map([
      ...ledgerRecordsOf([cut]),
      [`held:${cut.guildId}:${cut.id}`, 1] as const,
    ]);
    const changes = {
      records: held,
      clips: [],
      messages: [],
      incidents: [{ what: 'disturbance:archive' }, { what: 'disturbance:kill' }],
    };
    expect(found(cut, { ...changes, providerRequests: [] })).toEqual([]);
    expect(
      found(cut, { ...changes, providerRequests: [aCreate('jimmy'), aCreate('jimmy')] }),
    ).toEqual(['doubled']);
  });
});
