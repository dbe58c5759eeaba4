import type { CreateAnswer, QueryAnswer } from '../../simulators/providers/answers.ts';
import { OPENROUTER_MODELS, listedModel } from '../../simulators/providers/openrouter/models.ts';
import type { RecordedRequest } from '../../simulators/providers/recorded-request.ts';
import type { SimulatedProviders } from '../../simulators/providers/simulated-providers.ts';
import { pick } from './dice.ts';
import type { Weighted } from './dice.ts';

const FACTOR = 2;

/** What a listed price is while the list is dearer. */
export function dearer({ amount }: { readonly amount: string }): number {
  return FACTOR * Number(amount);
}

const json = (body: unknown): CreateAnswer => ({
  kind: 'raw',
  status: 200,
  body: JSON.stringify(body),
});

const listOf = (models: typeof OPENROUTER_MODELS): CreateAnswer =>
  json({ data: models.map(listedModel) });

const without = (gone: string): CreateAnswer =>
  listOf(OPENROUTER_MODELS.filter(({ id }) => id !== gone));

const DEARER = OPENROUTER_MODELS.map((model) => ({
  ...model,
  pricing_skus: Object.fromEntries(
    Object.entries(model.pricing_skus).map(([name, amount]) => [
      name,
      String(Number((FACTOR * Number(amount)).toFixed(9))),
    ]),
  ),
}));

/** What a start gets for the list of models. */
export const MODEL_LISTS: Weighted<{ readonly name: string; readonly answer: CreateAnswer }> = [
  [40, { name: 'ok', answer: { kind: 'ok' } }],
  [6, { name: 'slow', answer: { kind: 'slow', ms: 100 } }],
  [10, { name: 'without-wan', answer: without('alibaba/wan-2.6') }],
  [6, { name: 'without-gen', answer: without('runway/gen-4.5') }],
  [12, { name: 'dearer', answer: listOf(DEARER) }],
  [4, { name: 'empty', answer: json({ data: [] }) }],
  [4, { name: 'hostile', answer: json({ data: [null, { id: '../../x', name: {} }, 7] }) }],
  [5, { name: 'server-error', answer: { kind: 'server-error', status: 503 } }],
  [4, { name: 'not-json', answer: { kind: 'not-json' } }],
  [4, { name: 'cut', answer: { kind: 'cut' } }],
  [2, { name: 'huge', answer: { kind: 'huge', bytes: 9_000_000 } }],
];

/** What is reported of the cost of a finished video; `undefined` where that is as documented. */
const ODD_COSTS: Weighted<object | undefined> = [
  [60, undefined],
  [6, { cost: 0.0123456789, is_byok: false }],
  [6, { cost: '0.31' }],
  [5, { cost: 0 }],
  [5, { cost: 0.02, is_byok: true }],
  [4, { cost: -1 }],
  [3, { cost: 'much' }],
  [3, { cost: null }],
  [3, {}],
  [5, { cost: 9.5 }],
  [3, { cost: 1e300 }],
];

/** The answer to the query of a finished task with an odd cost, the same to every query of it. */
export function oddCost(
  { tasks, knobs }: SimulatedProviders,
  { path, atMs }: RecordedRequest,
  roll: number,
): QueryAnswer | undefined {
  const task = tasks.find(({ id }) => path.endsWith(id));
  const usage = pick(ODD_COSTS, roll);
  if (usage === undefined || task?.file === undefined || task.failure !== undefined) {
    return undefined;
  }
  const { id, createdMs } = task;
  if (atMs - createdMs < knobs.openrouter.taskMs) return undefined;
  const body = { id, polling_url: `/api/v1/videos/${id}`, status: 'completed', usage };
  return { kind: 'raw', status: 200, body: JSON.stringify(body) };
}
