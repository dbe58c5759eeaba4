import { expect } from 'vitest';
import type { PricedQuote } from '../../../../src/domain/ledger/quote.ts';
import type { TaskMoney } from '../../../../src/domain/ledger/task-money.ts';
import { query, raw } from '../asking.ts';
import type { ContractCase } from '../contract-case.ts';
import { afterQueryOutcome } from '../money.ts';
import type { Scene } from '../scene.ts';
import { firstRoute, quoteAt } from './money.ts';

interface Reported {
  readonly cost?: unknown;
  readonly isFeeAlone?: unknown;
}

/** The money of a finished task of which this is reported. */
async function moneyAfter(
  scene: Scene,
  reported: Reported,
  quote: PricedQuote,
): Promise<TaskMoney> {
  const { documents } = scene;
  const [status] = documents.words.is.finished;
  const body = documents.task({ status, url: 'https://cdn.test/v.mp4', ...reported });
  return afterQueryOutcome(scene, await query(scene, raw(200, body)), { task: { quote } }).money;
}

const halfADollar = (scene: Scene): PricedQuote =>
  quoteAt(scene, firstRoute(scene), '0.50', 'task');

/** One that is no currency of any provider, so that what is reported needs a rate. */
const OTHER = 'CHF';

export const REPORTED_COST_CASES: readonly ContractCase[] = [
  {
    name: 'settles a task at the cost that it tells, rounded up once',
    row: 'money',
    needs: 'reported-cost',
    async check(scene) {
      const quote = halfADollar(scene);
      for (const [cost, micros] of [
        [0.37, 370_000n],
        ['0.37', 370_000n],
        [2.9999991, 3_000_000n],
        [1e-9, 1n],
        [0, 0n],
      ] as const) {
        const money = await moneyAfter(scene, { cost }, quote);
        expect({ cost, money }).toMatchObject({
          cost,
          money: { state: 'settled', amounts: { cost: micros } },
        });
        expect(money).not.toHaveProperty('assumed');
      }
    },
  },
  {
    name: 'settles a task at the cost that it tells by the rate of the list',
    row: 'money',
    needs: 'reported-cost',
    async check(scene) {
      const [reported = ''] = scene.routes.map(({ providerTraits }) => providerTraits.costCurrency);
      const list = { currency: OTHER, rates: { [reported]: '0.8125' } };
      const quote = quoteAt(scene, firstRoute(scene), '0.50', 'task', list);
      const money = await moneyAfter(scene, { cost: 0.37 }, quote);
      expect(money).toMatchObject({ state: 'settled', amounts: { cost: 300_625n } });
    },
  },
  {
    name: 'settles a task at its quote, assumed, where no cost can be booked',
    row: 'money',
    needs: 'reported-cost',
    async check(scene) {
      const quote = halfADollar(scene);
      const atQuote = { state: 'settled', assumed: true, amounts: { cost: quote.micros } };
      const answers: Reported[] = [
        {},
        { cost: null },
        { cost: -0.37 },
        { cost: '-0.37' },
        { cost: '$0.37' },
        { cost: 'free' },
        { cost: { amount: 0.37 } },
        { cost: 0.02, isFeeAlone: true },
      ];
      for (const reported of answers) {
        const money = await moneyAfter(scene, reported, quote);
        expect({ reported, money }).toMatchObject({ reported, money: atQuote });
      }
      const withoutRate = quoteAt(scene, firstRoute(scene), '0.50', 'task', { currency: OTHER });
      expect(await moneyAfter(scene, { cost: 0.37 }, withoutRate)).toMatchObject(atQuote);
    },
  },
  {
    name: 'holds a task whose reported cost is more than six times its quote',
    row: 'money',
    needs: 'reported-cost',
    async check(scene) {
      const quote = halfADollar(scene);
      const after = async (cost: unknown) => (await moneyAfter(scene, { cost }, quote)).state;
      expect([await after(3), await after(3.0000001)]).toEqual(['settled', 'held']);
      expect([await after(1e300), await after('9'.repeat(50))]).toEqual(['held', 'held']);
    },
  },
];
