import { describe, expect, it } from 'vitest';
import type { CreateOutcome } from '../../src/domain/tasks/provider-answer.ts';
import { planOf } from '../../src/domain/tasks/plan.ts';
import type { PlannedRoute } from '../../src/domain/tasks/plan.ts';
import type { PriceList } from '../../src/domain/ledger/price-list.ts';
import type { Price } from '../../src/domain/ledger/price.ts';
import { firstStage } from '../../src/domain/tasks/task-assets.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { HOUR_MS } from '../../src/domain/time-units.ts';
import { dueAtStart } from '../../src/worker/reconcile-at-start.ts';
import { GUILD_ID, SETTINGS, TASK_ID, aRefusal, aTask, queued, withCopy } from '../fakes/a-task.ts';
import type { TaskChanges } from '../fakes/a-task.ts';
import { routeOf } from '../fakes/catalogue.ts';
import { NOON } from '../fakes/clock.ts';
import { work, workerWorld } from '../fakes/worker-world.ts';
import type { WorkerWorld } from '../fakes/worker-world.ts';

const FIRST = SETTINGS.route;
const OTHER = 'anyfast/seedance-2.0-mini';
const PRICE: Price = { amount: '0.50', currency: 'USD', per: 'task' };
const QUOTE = { kind: 'priced', micros: 500_000n, currency: 'USD', price: PRICE } as const;

const priced = (amounts: Readonly<Record<string, string>>): PriceList => ({
  currency: 'USD',
  prices: new Map(Object.entries(amounts).map(([key, amount]) => [key, { ...PRICE, amount }])),
});

/** A task that the member left to `auto`. */
const anAutoTask = (quote: PlannedRoute['quote'], changes: TaskChanges = {}): Task =>
  aTask({
    plan: planOf({ ...SETTINGS, quote }, { by: 'price', of: 13 }),
    money: {
      state: 'reserved',
      amounts: {
        videos: 1n,
        seconds: 5n,
        ...(quote.kind === 'priced' ? { cost: quote.micros } : {}),
      },
    },
    ...changes,
  });

/** A world with both providers on, in which only these two routes have a price. */
async function autoWorld(
  { quote = QUOTE, price = '0.50' }: { quote?: PlannedRoute['quote']; price?: string } = {},
  changes: TaskChanges = {},
): Promise<WorkerWorld> {
  const world = workerWorld(anAutoTask(quote, changes));
  world.isOtherOn = true;
  if (quote.kind === 'priced') {
    world.money.priceList = priced({ [`${FIRST}-720p`]: '0.50', [OTHER]: price });
  }
  // Only these two may make it here.
  await world.guilds.change(GUILD_ID, (settings) => ({ ...settings, routes: [FIRST, OTHER] }));
  return world;
}

const REFUSED: CreateOutcome = {
  kind: 'refused',
  refusal: aRefusal({ category: 'model-unavailable' }),
  isCoded: true,
};
const BUSY: CreateOutcome = { kind: 'busy', detail: '', retryAfterMs: 1000 };
const NOT_SENT: CreateOutcome = { kind: 'not-sent', detail: '' };

function taskIn(world: WorkerWorld): Task {
  const task = world.tasks.byId.get(TASK_ID);
  if (task === undefined) throw new Error('the task is gone');
  return task;
}
function outcomeIn(world: WorkerWorld): string {
  const { stage } = taskIn(world);
  return stage.name === 'ended' ? stage.outcome.kind : stage.name;
}
const attemptsIn = (world: WorkerWorld) =>
  taskIn(world).attempts.map(({ route, outcome }) => [route, outcome]);

describe('an auto task goes to its next route', () => {
  it.each<[string, readonly CreateOutcome[], string]>([
    ['refused by a known code', [REFUSED], 'refused'],
    ['at a wrong address', [{ kind: 'wrong-address', detail: '' }], 'wrong-address'],
    ['not reached three times', [NOT_SENT, NOT_SENT, NOT_SENT], 'unreachable'],
    ['busy three times', [BUSY, BUSY, BUSY], 'busy'],
    ['busy for a minute', [{ ...BUSY, retryAfterMs: 60_000 }], 'busy'],
  ])('%s', async (_what, answers, because) => {
    const world = await autoWorld();
    world.provider.createAnswers.push(...answers);
    await work(world);
    expect(outcomeIn(world)).toBe('delivered');
    expect(world.other.creates).toHaveLength(1);
    expect(world.provider.creates).toHaveLength(answers.length);
    const task = taskIn(world);
    expect(task.plan).toMatchObject({
      current: 1,
      routes: [{ route: FIRST }, { route: OTHER, because }],
    });
    expect(attemptsIn(world)).toEqual([
      ...answers.map(({ kind }) => [FIRST, kind]),
      [OTHER, 'created'],
    ]);
    expect(task.money).toMatchObject({ state: 'settled', amounts: { cost: 500_000n } });
  });

  it('at the lower price of that route, in reservation and settlement', async () => {
    const world = await autoWorld({ price: '0.20' });
    world.provider.createAnswers.push(REFUSED);
    await work(world);
    expect(taskIn(world).money).toMatchObject({ state: 'settled', amounts: { cost: 200_000n } });
  });

  it('whose create is then of unknown outcome, and is held at that price', async () => {
    const world = await autoWorld({ price: '0.20' });
    world.provider.createAnswers.push(REFUSED);
    world.other.createAnswers.push({ kind: 'unknown', detail: '' });
    await work(world);
    expect(outcomeIn(world)).toBe('outcome-unknown');
    expect(taskIn(world).money).toMatchObject({ state: 'held', amounts: { cost: 200_000n } });
    expect(world.other.creates).toHaveLength(1);
  });

  it('when its provider is paused, without a create', async () => {
    const world = await autoWorld(undefined, {
      id: '1300000000000000009',
      stage: queued({ notSent: 1, notBefore: NOON + 1000, since: NOON }),
    });
    // Before it is sent, another task is refused for the key.
    const other = aTask({ id: '1300000000000000008' });
    world.tasks.byId.set(other.id, other);
    world.provider.createAnswers.push({
      kind: 'refused',
      refusal: aRefusal({ category: 'unauthorized' }),
    });
    await work(world);
    const task = world.tasks.byId.get('1300000000000000009');
    expect(task?.stage).toMatchObject({ name: 'ended', outcome: { kind: 'delivered' } });
    expect(task?.attempts).toMatchObject([{ route: OTHER, outcome: 'created' }]);
    expect(task?.plan.routes[1]).toMatchObject({ because: 'paused' });
    expect(world.provider.creates).toHaveLength(1);
  });

  it('where prices are unknown and nobody counts money', async () => {
    const world = await autoWorld({ quote: { kind: 'unknown' } });
    world.provider.createAnswers.push(REFUSED);
    await work(world);
    expect(outcomeIn(world)).toBe('delivered');
  });
});

describe('an auto task stays where it is', () => {
  it.each<[string, CreateOutcome, string]>([
    ['refused for its content', { kind: 'refused', refusal: aRefusal(), isCoded: true }, 'refused'],
    [
      'refused in words alone',
      { kind: 'refused', refusal: aRefusal({ category: 'model-unavailable' }) },
      'refused',
    ],
    ['of unknown outcome', { kind: 'unknown', detail: '' }, 'outcome-unknown'],
  ])('%s', async (_what, answer, outcome) => {
    const world = await autoWorld();
    world.provider.createAnswers.push(answer);
    await work(world);
    expect(outcomeIn(world)).toBe(outcome);
    expect(world.other.creates).toEqual([]);
  });

  it('whose next route costs more than is reserved', async () => {
    const world = await autoWorld({ price: '0.51' });
    world.provider.createAnswers.push(REFUSED);
    await work(world);
    expect(outcomeIn(world)).toBe('refused');
    expect(world.other.creates).toEqual([]);
    expect(taskIn(world).money).toEqual({ state: 'released', assumed: false });
  });

  it('whose next route was forbidden in between', async () => {
    const world = await autoWorld();
    await world.guilds.change(GUILD_ID, (settings) => ({ ...settings, routes: [FIRST] }));
    world.provider.createAnswers.push(REFUSED);
    await work(world);
    expect(outcomeIn(world)).toBe('refused');
    expect(world.other.creates).toEqual([]);
  });

  it.each(['a budget', 'a cost rule', 'an amount to confirm'])(
    'where prices are unknown and there is %s',
    async (what) => {
      const world = await autoWorld({ quote: { kind: 'unknown' } });
      if (what === 'a budget') world.money.budgets = { day: 1n };
      await world.guilds.change(GUILD_ID, (settings) => ({
        ...settings,
        ...(what === 'an amount to confirm' ? { confirmAbove: 1n } : {}),
        rules:
          what === 'a cost rule'
            ? [{ subject: { kind: 'guild' }, measure: 'cost', window: 'day', limit: 9_000_000n }]
            : [],
      }));
      world.provider.createAnswers.push(REFUSED);
      await work(world);
      expect(outcomeIn(world)).toBe('refused');
      expect(world.other.creates).toEqual([]);
    },
  );

  it('and waits for its paused provider if no other may make it', async () => {
    const world = await autoWorld({ price: '0.51' });
    world.provider.createAnswers.push(BUSY, BUSY, BUSY);
    await work(world);
    expect(outcomeIn(world)).toBe('delivered');
    expect(attemptsIn(world).at(-1)).toEqual([FIRST, 'created']);
  });
});

it('is sent at once by a start whose clock is behind', () => {
  const sent = { creates: 1, notSent: 0 };
  const stage = firstStage(anAutoTask(QUOTE), routeOf(OTHER), NOON, sent);
  const earlier = NOON - 2 * HOUR_MS;
  expect(dueAtStart(aTask({ stage }), earlier)).toBe(earlier);
});

it('waits for the only provider that is on, however long that is busy', async () => {
  const world = workerWorld(anAutoTask({ kind: 'unknown' }));
  world.provider.createAnswers.push({ ...BUSY, retryAfterMs: 60_000 });
  await work(world);
  expect(outcomeIn(world)).toBe('delivered');
  expect(taskIn(world).plan.routes).toHaveLength(1);
  expect(world.provider.creates).toHaveLength(2);
});

it('goes on when the uploads of its media do not reach the provider', async () => {
  const task = withCopy(anAutoTask({ kind: 'unknown' }));
  const world = workerWorld(task);
  world.isOtherOn = true;
  for (let times = 0; times < 3; times += 1) {
    world.provider.copyAnswers.push({ kind: 'not-sent', detail: '' });
  }
  await work(world);
  expect(outcomeIn(world)).toBe('delivered');
  expect(attemptsIn(world)).toEqual([[OTHER, 'created']]);
});

it('makes at most eight creates on all routes together', async () => {
  const world = await autoWorld();
  world.provider.createAnswers.push(BUSY, BUSY, BUSY);
  world.other.createAnswers.push(...Array.from({ length: 8 }, () => BUSY));
  await work(world);
  expect(outcomeIn(world)).toBe('provider-busy');
  expect(taskIn(world).attempts).toHaveLength(8);
});
