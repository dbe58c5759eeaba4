import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isHeld,
  moveBothSides,
  moveServerSide,
  operatorMoneyOf,
} from '../../../src/domain/ledger/money-sides.ts';
import type { MoneySides } from '../../../src/domain/ledger/money-sides.ts';
import type { MoneyStep } from '../../../src/domain/ledger/task-money.ts';

const amounts = { videos: 1n, seconds: 5n, cost: 500n };
const RESERVED: MoneySides = { money: { state: 'reserved', amounts } };

const step = fc.oneof(
  fc.record({ kind: fc.constant('settle' as const), cost: fc.bigInt({ min: 0n, max: 9000n }) }),
  fc.record({ kind: fc.constant('release' as const), assumed: fc.boolean() }),
  fc.constant<MoneyStep>({ kind: 'hold' }),
  fc.constant<MoneyStep>({ kind: 'hold', reported: 3000n }),
);

describe('the two sides of a task’s money', () => {
  it('move together until one is resolved separately', () => {
    const held = moveBothSides(RESERVED, { kind: 'hold' });
    expect(held).toEqual({ money: { state: 'held', amounts } });
    expect(operatorMoneyOf(held)).toBe(held.money);
  });

  it('are each moved once: a resolved side never moves again', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), step), { maxLength: 8 }), (steps) => {
        let sides = moveBothSides(RESERVED, { kind: 'hold' });
        for (const [isByAdmin, one] of steps) {
          const before = sides;
          sides = isByAdmin ? moveServerSide(sides, one) : moveBothSides(sides, one);
          const [server, operator] = [before.money, operatorMoneyOf(before)];
          const isOperatorStill = isByAdmin || operator.state !== 'held';
          expect(server.state === 'held' ? server : sides.money).toEqual(server);
          expect(isOperatorStill ? operatorMoneyOf(sides) : operator).toEqual(operator);
          expect(isHeld(sides)).toBe(
            sides.money.state === 'held' || operatorMoneyOf(sides).state === 'held',
          );
        }
      }),
    );
  });

  it('an admin’s release leaves the operator’s hold at its amount', () => {
    const held = moveBothSides(RESERVED, { kind: 'hold' });
    const after = moveServerSide(held, { kind: 'release', assumed: false });
    expect(operatorMoneyOf(after)).toEqual({ state: 'held', amounts });
  });

  it('what the provider reported counts for the operator, and the quote for the server', () => {
    const held = moveBothSides(RESERVED, { kind: 'hold', reported: 3000n });
    expect(held.money).toEqual({ state: 'held', amounts });
    expect(operatorMoneyOf(held)).toEqual({ state: 'held', amounts: { ...amounts, cost: 3000n } });
  });

  it('what the provider reports after an admin resolved it settles only the operator’s side', () => {
    const held = moveBothSides(RESERVED, { kind: 'hold' });
    const released = moveServerSide(held, { kind: 'release', assumed: false });
    const after = moveBothSides(released, { kind: 'settle', cost: 700n });
    expect(after.money).toEqual({ state: 'released', assumed: false });
    expect(operatorMoneyOf(after)).toEqual({
      state: 'settled',
      amounts: { ...amounts, cost: 700n },
    });
  });
});
