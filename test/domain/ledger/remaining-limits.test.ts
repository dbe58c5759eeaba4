import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/ledger/decide.ts';
import type { QuotaRequest } from '../../../src/domain/ledger/decide.ts';
import { remainingLimits } from '../../../src/domain/ledger/remaining-limits.ts';
import type { Rule } from '../../../src/domain/ledger/rules.ts';
import { keysOf, operatorWindows } from '../../../src/domain/ledger/windows.ts';

const ME = 'm1';
const ROLE = 'r1';
const windows = operatorWindows(Date.parse('2026-06-10T12:00:00.000Z'));
const sums = (videos: bigint) => ({ videos, seconds: videos * 5n, cost: videos * 1_000_000n });
const usageOf = (videos: bigint): QuotaRequest['usage']['member'] => ({
  day: sums(videos),
  week: sums(videos),
  month: sums(videos),
  total: sums(videos),
});
const rule = (kind: 'guild' | 'everyone', limit: bigint, changes: Partial<Rule> = {}): Rule => ({
  subject: { kind },
  measure: 'videos',
  window: 'day',
  limit,
  ...changes,
});

function requestWith(rules: readonly Rule[], changes: Partial<QuotaRequest> = {}): QuotaRequest {
  return {
    guildId: 'g1',
    rules,
    grants: [],
    member: { id: ME, roleIds: [] },
    need: { videos: 1n, seconds: 5n, cost: 1_000_000n },
    usage: { guild: usageOf(7n), member: usageOf(3n) },
    windows,
    ...changes,
  };
}

const leftOf = (request: QuotaRequest) =>
  remainingLimits(request).map(({ rule: { subject, measure }, left }) => [
    subject.kind,
    measure,
    left,
  ]);

describe('what is left', () => {
  it('is counted of the server by all, and of a member by their own', () => {
    expect(leftOf(requestWith([rule('everyone', 5n), rule('guild', 10n)]))).toEqual([
      ['guild', 'videos', 3n],
      ['everyone', 'videos', 2n],
    ]);
  });

  it('is never less than nothing', () => {
    expect(leftOf(requestWith([rule('everyone', 1n)]))).toEqual([['everyone', 'videos', 0n]]);
  });

  it('leaves out limits that do not hold for the member', () => {
    const role = rule('everyone', 9n, { subject: { kind: 'role', id: ROLE } });
    const rules = [rule('everyone', 5n), role];
    expect(leftOf(requestWith(rules))).toEqual([['everyone', 'videos', 2n]]);
    const artist = { member: { id: ME, roleIds: [ROLE] } };
    expect(leftOf(requestWith(rules, artist))).toEqual([['role', 'videos', 6n]]);
  });

  it('includes what was granted', () => {
    const { day: windowKey } = keysOf(windows);
    const grants = [
      { memberId: ME, measure: 'videos', window: 'day', windowKey, amount: 4n } as const,
    ];
    expect(leftOf(requestWith([rule('everyone', 5n)], { grants }))).toEqual([
      ['everyone', 'videos', 6n],
    ]);
  });

  it('is enough exactly where the request is allowed', () => {
    const limit = fc.bigInt({ min: 1n, max: 12n });
    fc.assert(
      fc.property(limit, limit, (everyone, guild) => {
        const request = requestWith([rule('everyone', everyone), rule('guild', guild)]);
        const isEnough = remainingLimits(request).every(({ left }) => left >= 1n);
        expect(decide(request).allowed).toBe(isEnough);
      }),
    );
  });
});
