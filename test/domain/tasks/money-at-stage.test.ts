import { expect, it } from 'vitest';
import { MAX_TIMES_QUOTE } from '../../../src/domain/ledger/settlement.ts';
import { moneyAtStage } from '../../../src/domain/tasks/money-at-stage.ts';
import { aTask, delivering } from '../../fakes/a-task.ts';

const amounts = { videos: 1n, seconds: 5n, cost: 1000n };
const priced = aTask({
  quote: {
    kind: 'priced',
    micros: 1000n,
    currency: 'USD',
    price: { amount: '1', currency: 'USD', per: 'million_tokens' },
    pixels: 1024 * 1000,
  },
  money: { state: 'reserved', amounts },
});

it('usage that is not believed is held at the quote, and by the ceiling at as much as is believed', () => {
  const notified = { completionTokens: 1_000_000n };
  const most = MAX_TIMES_QUOTE * 1000n;
  expect(moneyAtStage(priced, delivering(), { usage: notified })).toEqual({
    money: { state: 'held', amounts },
    operatorMoney: { state: 'held', amounts: { ...amounts, cost: most } },
  });
});

it('what is held as not believed stays held at every further try of the delivery', () => {
  const usage = { completionTokens: 1_000_000n };
  const first = delivering();
  const held = { ...priced, ...moneyAtStage(priced, first, { usage }), stage: first };
  const again = moneyAtStage(held, { ...first, attempts: first.attempts + 1 });
  expect(again).toEqual({ money: held.money, operatorMoney: held.operatorMoney });
});

it('what the provider tells settles the side that an admin has not ended', () => {
  const released = { state: 'released', assumed: false } as const;
  const task = { ...priced, money: released, operatorMoney: { state: 'held', amounts } as const };
  expect(moneyAtStage(task, delivering(), { usage: { completionTokens: 2000n } })).toEqual({
    money: released,
    operatorMoney: { state: 'settled', amounts: { ...amounts, cost: 2000n } },
  });
});

it.each([
  ['released', { state: 'released', assumed: false }],
  ['assumed', { state: 'released', assumed: true }],
  ['held', { state: 'held', amounts }],
] as const)('a failed task whose failure is %s at its provider', (failureCost, money) => {
  const outcome = { kind: 'failed', refusal: { category: 'unknown', message: '' } } as const;
  const stage = { name: 'notifying', outcome, since: 0, attempts: 0 } as const;
  expect(moneyAtStage(priced, stage, { failureCost }).money).toEqual(money);
});
