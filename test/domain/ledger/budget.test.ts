import { describe, expect, it } from 'vitest';
import { decideBudget } from '../../../src/domain/ledger/budget.ts';

describe('the operator’s budgets', () => {
  const spent = { day: 90n, month: 900n };

  it.each([
    ['allow if none is set, at an unknown price too', {}, undefined],
    ['allow what just fits the day', { day: 100n }, 10n],
    ['allow what just fits the month', { month: 910n }, 10n],
    ['allow what just fits both', { day: 100n, month: 910n }, 10n],
  ])('%s', (_why, budgets, cost) => {
    expect(decideBudget(budgets, spent, cost)).toEqual({ allowed: true });
  });

  it.each([
    ['the day', { day: 99n }, 10n, 'day', 'over'],
    ['the month', { month: 909n }, 10n, 'month', 'over'],
    [
      'the month if both refuse, because it refuses longer',
      { day: 99n, month: 909n },
      10n,
      'month',
      'over',
    ],
    ['the day if only it refuses', { day: 99n, month: 10_000n }, 10n, 'day', 'over'],
    ['an unknown price', { day: 10n ** 30n }, undefined, 'day', 'price-unknown'],
    ['everything at 0', { day: 0n }, 0n, 'day', 'forbidden'],
  ])('refuse %s', (_why, budgets, cost, budget, reason) => {
    expect(decideBudget(budgets, spent, cost)).toMatchObject({ allowed: false, budget, reason });
  });

  it('are exact near the largest number', () => {
    const limit = 2n ** 63n;
    const full = { day: limit - 1n, month: 0n };
    expect(decideBudget({ day: limit }, full, 1n).allowed).toBe(true);
    expect(decideBudget({ day: limit }, full, 2n)).toEqual({
      allowed: false,
      reason: 'over',
      budget: 'day',
      limit,
      used: limit - 1n,
    });
  });
});
