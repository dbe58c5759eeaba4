import { expect } from 'vitest';
import type { QueryOutcome } from '../../../../src/app/ports/provider-port.ts';
import { allPriceKeys } from '../../../../src/domain/ledger/price-keys.ts';
import { parsePriceList } from '../../../../src/domain/ledger/price-list.ts';
import type { PricedQuote } from '../../../../src/domain/ledger/quote.ts';
import { quoteSubmission } from '../../../../src/domain/ledger/quote.ts';
import { uploadKeys } from '../../../../src/domain/ledger/upload-keys.ts';
import type { BillingUnit, Route } from '../../../../src/domain/routes/route.ts';
import { HOUR_MS } from '../../../../src/domain/time-units.ts';
import type { ContractCase } from '../contract-case.ts';
import { query, raw } from '../asking.ts';
import { afterQueryOutcome } from '../money.ts';
import type { Scene } from '../scene.ts';

const MICROS = 1_000_000n;

/** The keys by which videos of its routes are priced, without `provider/`. */
function videoKeys({ descriptor: { id }, routes }: Scene): string[] {
  const uploads = uploadKeys(id);
  return allPriceKeys(routes)
    .map(({ name }) => name)
    .filter((name) => !uploads.includes(name))
    .map((name) => name.slice(id.length + 1));
}

/** The quote of the simplest request on a route at this price, by default of a list in dollars. */
// oxlint-disable-next-line max-params -- the scene, the route and a price as a list has it, which cases vary
export function quoteAt(
  scene: Scene,
  route: Route,
  amount: string,
  per: BillingUnit,
  list: { readonly currency: string; readonly rates?: object } = { currency: 'USD' },
): PricedQuote {
  const keys = videoKeys({ ...scene, routes: [route] });
  const prices = new Map(keys.map((key) => [`${scene.descriptor.id}/${key}`, { amount, per }]));
  const parsed = parsePriceList({ ...list, prices: Object.fromEntries(prices) }, scene.routes);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const durationSeconds = route.duration.default;
  const submission = { ...scene.submission, route: route.id, durationSeconds };
  const quote = quoteSubmission(parsed.list, route, submission);
  if (quote.kind !== 'priced') throw new Error(`${route.id} has no price`);
  return quote;
}

/** A finished task that reports this usage. */
async function finishedWith(scene: Scene, usage: unknown): Promise<QueryOutcome> {
  const [status] = scene.documents.words.is.finished;
  const parts = { status, url: 'https://cdn.test/v.mp4', usage };
  return query(scene, raw(200, scene.documents.task(parts)));
}

export function firstRoute({ routes: [route] }: Scene): Route {
  if (route === undefined) throw new Error('the provider has no routes');
  return route;
}

async function aFailure(scene: Scene): Promise<QueryOutcome> {
  const [status] = scene.documents.words.is.failed;
  return query(scene, raw(200, scene.documents.task({ status, reason: 'it failed' })));
}

/** What a failed task's money is by the cost that the documents give. */
const AFTER_FAILURE = {
  released: { state: 'released', assumed: false },
  assumed: { state: 'released', assumed: true },
  held: { state: 'held' },
} as const;

export const MONEY_CASES: readonly ContractCase[] = [
  {
    name: 'bills by the names and units of its documents',
    row: 'money',
    check(scene) {
      const { documents, descriptor } = scene;
      const named = documents.prices.map(({ key }) => key);
      expect(new Set(videoKeys(scene))).toEqual(new Set(named));
      const units = new Map(
        allPriceKeys(scene.routes).map(({ name, route }) => [name, route.billing.unit]),
      );
      for (const { key, per } of documents.prices) {
        expect({ key, per: units.get(`${descriptor.id}/${key}`) }).toEqual({ key, per });
      }
    },
  },
  {
    name: 'settles a finished task, delivered or not',
    row: 'money',
    async check(scene) {
      const outcome = await finishedWith(scene, undefined);
      for (const route of scene.routes) {
        const { unit } = route.billing;
        const quote = quoteAt(scene, route, '0.50', unit);
        const seconds = BigInt(route.duration.default);
        const half = MICROS / 2n;
        const own = { task: half, second: half * seconds, million_tokens: quote.micros }[unit];
        const { money } = afterQueryOutcome(scene, outcome, { task: { quote } });
        expect(money).toMatchObject({ state: 'settled', amounts: { cost: own } });
      }
    },
  },
  {
    name: 'settles a task at the usage that the provider reports',
    row: 'money',
    needs: 'usage',
    async check(scene) {
      const quote = quoteAt(scene, firstRoute(scene), '3.50', 'million_tokens');
      for (const [usage, micros] of [
        [{ completion_tokens: 108_900, total_tokens: 108_900 }, 381_150n],
        [{ completion_tokens: '108900' }, 381_150n],
        [{ completion_tokens: '108900.4' }, 381_154n],
        [{ completion_tokens: 1 }, 4n],
        [{ total_tokens: 108_900 }, 381_150n],
        [{ completion_tokens: 0, total_tokens: 108_900 }, 381_150n],
      ] as const) {
        const { money } = afterQueryOutcome(scene, await finishedWith(scene, usage), {
          task: { quote },
        });
        expect({ usage, money }).toMatchObject({
          usage,
          money: { state: 'settled', amounts: { cost: micros } },
        });
      }
    },
  },
  {
    name: 'settles a task at its quote when the provider reports no usage',
    row: 'money',
    async check(scene) {
      const quote = quoteAt(scene, firstRoute(scene), '3.50', 'million_tokens');
      for (const usage of [undefined, {}, null, 'many', { completion_tokens: 0 }, [17]]) {
        const { money } = afterQueryOutcome(scene, await finishedWith(scene, usage), {
          task: { quote },
        });
        expect({ usage, money }).toMatchObject({
          usage,
          money: { state: 'settled', amounts: { cost: quote.micros } },
        });
      }
    },
  },
  {
    name: 'holds a task whose usage is more than six times its quote',
    row: 'money',
    needs: 'usage',
    async check(scene) {
      const quote = quoteAt(scene, firstRoute(scene), '3.50', 'million_tokens');
      if (quote.pixels === undefined) throw new Error('no estimate');
      const six = Math.floor((6 * quote.pixels) / 1024);
      const after = async (tokens: number) => {
        const outcome = await finishedWith(scene, { completion_tokens: tokens });
        return afterQueryOutcome(scene, outcome, { task: { quote } }).money.state;
      };
      expect([await after(six), await after(six + 1)]).toEqual(['settled', 'held']);
      expect(await after(1e300)).toBe('held');
    },
  },
  {
    name: 'lets usage change no price by the task or by the second',
    row: 'money',
    async check(scene) {
      const outcome = await finishedWith(scene, { completion_tokens: 5_000_000 });
      for (const per of ['task', 'second'] as const) {
        const quote = quoteAt(scene, firstRoute(scene), '0.50', per);
        const { money } = afterQueryOutcome(scene, outcome, { task: { quote } });
        expect(money).toMatchObject({ state: 'settled', amounts: { cost: quote.micros } });
      }
    },
  },
  {
    name: 'takes a failed task for what its documents say that one costs',
    row: 'failed',
    async check(scene) {
      const { documents } = scene;
      const { stage, money } = afterQueryOutcome(scene, await aFailure(scene));
      expect(stage).toMatchObject({ outcome: { kind: 'failed' } });
      expect(money).toMatchObject(AFTER_FAILURE[documents.failureCost.is]);
    },
  },
  {
    name: 'keeps results and finishes tasks late for as long as its documents say',
    row: 'descriptor',
    check({ descriptor, documents }) {
      expect(descriptor.resultRetentionMs / HOUR_MS).toBe(documents.resultHours.is);
      expect(descriptor.lateFinishMs / HOUR_MS).toBe(documents.lateFinishHours.is);
    },
  },
];
