import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MEASURES } from '../../../src/domain/ledger/amounts.ts';
import { decide } from '../../../src/domain/ledger/decide.ts';
import type { QuotaRequest } from '../../../src/domain/ledger/decide.ts';
import {
  addGrant,
  grantedIn,
  openGrants,
  repairGrants,
} from '../../../src/domain/ledger/grants.ts';
import type { Grant } from '../../../src/domain/ledger/grants.ts';
import type { Rule } from '../../../src/domain/ledger/rules.ts';
import { keysOf, operatorWindows, WINDOW_KINDS } from '../../../src/domain/ledger/windows.ts';

const GUILD = 'g1';
const ME = 'm1';
const TODAY = operatorWindows(Date.parse('2026-06-10T12:00:00.000Z'));
const TOMORROW = operatorWindows(Date.parse('2026-06-11T00:00:00.000Z'));
const NEXT_WEEK = operatorWindows(Date.parse('2026-06-15T00:00:00.000Z'));
const NEXT_MONTH = operatorWindows(Date.parse('2026-07-01T00:00:00.000Z'));

const videos = (amount: bigint, memberId = ME) => ({
  memberId,
  measure: 'videos' as const,
  amount,
});

const granted = (grants: readonly Grant[], windows = TODAY, memberId = ME): bigint[] =>
  WINDOW_KINDS.map((window) =>
    grantedIn(openGrants(grants, keysOf(windows)), memberId, { measure: 'videos', window }),
  );

describe('a grant', () => {
  it('adds to earlier ones of the same member, measure and window', () => {
    const first = addGrant([], videos(2n), ['day'], keysOf(TODAY));
    const second = addGrant(first, videos(3n), ['day', 'month'], keysOf(TODAY));
    expect(granted(second)).toEqual([5n, 0n, 3n, 0n]);
    expect(second).toHaveLength(2);
  });

  it('leaves other members and measures alone', () => {
    const mine = addGrant([], videos(2n), WINDOW_KINDS, keysOf(TODAY));
    const all = addGrant(mine, { ...videos(7n), measure: 'cost' }, ['day'], keysOf(TODAY));
    expect(granted(all)).toEqual([2n, 2n, 2n, 2n]);
    expect(granted(all, TODAY, 'm2')).toEqual([0n, 0n, 0n, 0n]);
  });

  it.each([
    ['the day', TOMORROW, [0n, 2n, 2n, 2n]],
    ['the week', NEXT_WEEK, [0n, 0n, 2n, 2n]],
    ['the month', NEXT_MONTH, [0n, 0n, 0n, 2n]],
  ])('ends with %s, and one in total never ends', (_window, windows, left) => {
    const grants = addGrant([], videos(2n), WINDOW_KINDS, keysOf(TODAY));
    expect(granted(grants, windows)).toEqual(left);
  });

  it('is removed by the next one once its window ended', () => {
    const old = addGrant([], videos(2n), WINDOW_KINDS, keysOf(TODAY));
    const after = addGrant(old, videos(1n, 'm2'), ['day'], keysOf(NEXT_MONTH));
    expect(after.map(({ memberId, window }) => `${memberId} ${window}`)).toEqual([
      'm1 total',
      'm2 day',
    ]);
  });

  it('of a window in the future was made by a wrong clock, and is dropped', () => {
    const now = Date.parse('2026-06-10T12:00:00.000Z');
    const right = addGrant([], videos(1n), WINDOW_KINDS, keysOf(TODAY));
    const wrong = addGrant([], videos(1n), ['day', 'month'], keysOf(NEXT_MONTH));
    expect(repairGrants([...right, ...wrong], now)).toEqual(right);
    // Before the time is known nothing can be said.
    expect(repairGrants(wrong, 0)).toEqual(wrong);
  });
});

const someRule = fc.record<Rule>({
  subject: fc.oneof(
    fc.constantFrom<Rule['subject']>({ kind: 'guild' }, { kind: 'everyone' }),
    fc.constantFrom('r1', 'r2', GUILD).map((id) => ({ kind: 'role' as const, id })),
    fc.constantFrom(ME, 'm2').map((id) => ({ kind: 'member' as const, id })),
  ),
  measure: fc.constantFrom(...MEASURES),
  window: fc.constantFrom(...WINDOW_KINDS),
  limit: fc.bigInt({ min: 0n, max: 8n }),
});
const someAmount = fc.record({
  videos: fc.bigInt({ min: 0n, max: 6n }),
  seconds: fc.bigInt({ min: 0n, max: 6n }),
  cost: fc.bigInt({ min: 0n, max: 6n }),
});
const someGrants = fc
  .array(
    fc.record({
      amount: fc.record({
        memberId: fc.constantFrom(ME, 'm2'),
        measure: fc.constantFrom(...MEASURES),
        amount: fc.bigInt({ min: 1n, max: 6n }),
      }),
      windows: fc.uniqueArray(fc.constantFrom(...WINDOW_KINDS)),
    }),
    { maxLength: 6 },
  )
  .map((given) =>
    given.reduce<Grant[]>(
      (grants, { amount, windows }) => addGrant(grants, amount, windows, keysOf(TODAY)),
      [],
    ),
  );
const someRequest: fc.Arbitrary<QuotaRequest> = fc
  .tuple(fc.array(someRule, { maxLength: 8 }), someGrants, someAmount, someAmount, fc.boolean())
  .map(([rules, grants, used, need, isPriced]) => ({
    guildId: GUILD,
    rules,
    grants,
    member: { id: ME, roleIds: ['r1', 'r2'] },
    need: isPriced ? need : { videos: need.videos, seconds: need.seconds },
    usage: {
      guild: { day: used, week: used, month: used, total: used },
      member: { day: used, week: used, month: used, total: used },
    },
    windows: TODAY,
  }));

const isOfGuild = ({ subject }: Rule): boolean => subject.kind === 'guild';

describe('a decision with grants', () => {
  it('allows whatever is allowed without them', () => {
    fc.assert(
      fc.property(someRequest, (request) => {
        fc.pre(decide({ ...request, grants: [] }).allowed);
        expect(decide(request)).toEqual({ allowed: true });
      }),
    );
  });

  it('is the one without them where only the server’s limits are asked', () => {
    fc.assert(
      fc.property(someRequest, (request) => {
        const ofGuild = { ...request, rules: request.rules.filter(isOfGuild) };
        expect(decide(ofGuild)).toEqual(decide({ ...ofGuild, grants: [] }));
        fc.pre(!decide(ofGuild).allowed);
        expect(decide(request).allowed).toBe(false);
      }),
    );
  });

  it('is the one without them for any other member', () => {
    fc.assert(
      fc.property(someRequest, (request) => {
        const other = { ...request, member: { id: 'm3', roleIds: ['r1', 'r2'] } };
        expect(decide(other)).toEqual(decide({ ...other, grants: [] }));
      }),
    );
  });

  it('is the one without them in the next windows, but for what was granted in total', () => {
    fc.assert(
      fc.property(someRequest, (request) => {
        const next = { ...request, windows: NEXT_MONTH };
        const inTotal = request.grants.filter(({ window }) => window === 'total');
        expect(decide(next)).toEqual(decide({ ...next, grants: inTotal }));
      }),
    );
  });

  it('is the one of rules that are higher by what was granted', () => {
    fc.assert(
      fc.property(someRequest, (request) => {
        const rules = request.rules.map((rule) =>
          isOfGuild(rule)
            ? rule
            : { ...rule, limit: rule.limit + grantedIn(request.grants, ME, rule) },
        );
        expect(decide(request).allowed).toBe(decide({ ...request, rules, grants: [] }).allowed);
      }),
    );
  });
});
