import { expect, it } from 'vitest';
import { en } from '../../../src/discord/messages/en.ts';
import { priceText, settledText } from '../../../src/discord/render/price-text.ts';
import type { Quote } from '../../../src/domain/ledger/quote.ts';
import { journalLine } from '../../../src/store/tasks/journal.ts';
import { aTask } from '../../fakes/a-task.ts';

const costReport = { currency: 'USD', rate: '7.25' };
const PRICED: Quote = {
  kind: 'priced',
  micros: 500_000n,
  currency: 'CNY',
  price: { amount: '0.50', currency: 'CNY', per: 'task' },
  costReport,
};
const UNPRICED: Quote = { kind: 'unknown', currency: 'CNY', costReport };
const settledAt = (cost: bigint) =>
  ({ state: 'settled', amounts: { videos: 1n, seconds: 5n, cost } }) as const;

it.each<[what: string, Quote, bigint, text: string | undefined]>([
  ['as its quote', PRICED, 500_000n, undefined],
  ['otherwise than its quote', PRICED, 725_000n, 'charged CN¥0.725'],
  ['without a quote', UNPRICED, 725_000n, 'charged CN¥0.725'],
])(
  'a task that was settled %s by a reported cost says what it cost',
  (_what, quote, cost, text) => {
    expect(settledText(quote, settledAt(cost), en)).toBe(text);
  },
);

it('a task that should have reported its cost says that its charge is assumed', () => {
  const money = { ...settledAt(500_000n), assumed: true } as const;
  expect(settledText(PRICED, money, en)).toBe(
    "probably charged CN¥0.50: the provider didn't report what it cost",
  );
});

it('the price of a provider that tells the cost is an estimate', () => {
  expect(priceText(PRICED, en)).toBe('about CN¥0.50');
  expect(priceText(UNPRICED, en)).toBe(en.money.unknown);
});

it('the journal has the currency of a cost that was reported without a quote', () => {
  const line = journalLine(aTask({ quote: UNPRICED, money: settledAt(725_000n) }));
  expect(line).toMatchObject({ settled: 725_000n, currency: 'CNY', state: 'settled' });
  expect(line).not.toHaveProperty('quoted');
});
