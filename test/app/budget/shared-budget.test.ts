import { describe, expect, it } from 'vitest';
import { createBudgetGrants } from '../../../src/app/budget/budget-grants.ts';
import { createCalendar } from '../../../src/app/calendar.ts';
import { OWNS_ALL } from '../../../src/app/owns-all.ts';
import type { Ledger } from '../../../src/app/ports/ledger-port.ts';
import type { Ownership } from '../../../src/app/ports/ownership-port.ts';
import { OPERATOR_ACCOUNTS_BY_SLOT } from '../../../src/domain/ledger/account-key.ts';
import type { Budgets } from '../../../src/domain/ledger/budget.ts';
import { parsePriceList } from '../../../src/domain/ledger/price-list.ts';
import type { PriceList } from '../../../src/domain/ledger/price-list.ts';
import { slotOf } from '../../../src/domain/slots.ts';
import { ROUTES, routeOf } from '../../fakes/catalogue.ts';
import { NOON, fakeClock, settle } from '../../fakes/clock.ts';
import type { FakeClock } from '../../fakes/clock.ts';
import { guildIn } from '../../fakes/guild-in.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';
import { namedProcess, namedWorld } from '../../fakes/named-world.ts';
import { sharedBudget } from '../../fakes/shared-budget.ts';
import { videoDesk } from '../../fakes/video-desk.ts';

/** Each request costs 0.50. */
const PRICE = 500_000n;
const DAY_MS = 86_400_000;
const WIDE = { maxActivePerUser: 100_000, maxActivePerGuild: 100_000 };
const idOf = (number: number): string => String(1_300_000_000_000_000_000n + BigInt(number));

function prices(): PriceList {
  const amount = { amount: '0.10', per: 'second' };
  const list = parsePriceList(
    { currency: 'USD', prices: { 'jimmy/seedance2.0-sp-720p': amount } },
    ROUTES,
  );
  if (!list.ok) throw new Error('the price list of the test is wrong');
  return list.list;
}

/** What processes that share a budget have in common. */
function sharedWorld(budgets: Budgets) {
  return { budgets, budget: sharedBudget(), records: memoryRecords(), serial: { last: 0 } };
}

function grantsOf(
  { budget, budgets, records }: ReturnType<typeof sharedWorld>,
  {
    name,
    slots,
    clock,
    own = budgets,
  }: { name: string; slots: readonly number[]; clock: FakeClock; own?: Budgets | undefined },
  ledger: Ledger,
) {
  budget.living.add(name);
  for (const slot of slots) budget.owners.set(slot, name);
  let questions = 0;
  return createBudgetGrants({
    rows: budget.rowsOf(name),
    records,
    ledger,
    ownership: { served: () => slots.filter((slot) => budget.owners.get(slot) === name) },
    shared: budget.sharedOf(name, own),
    calendar: createCalendar(),
    clock,
    log: recordingLog(),
    newId() {
      questions += 1;
      return `${name}-${questions}`;
    },
  });
}

/** A process that owns these slots, and takes `/video`. */
function deskOf(
  world: ReturnType<typeof sharedWorld>,
  name: string,
  slots: readonly number[],
  own?: Budgets,
) {
  const { records, budgets } = world;
  const clock = fakeClock();
  const ownership: Ownership = {
    ...OWNS_ALL,
    tenureOf: (guildId) =>
      world.budget.owners.get(slotOf(guildId)) === name ? OWNS_ALL.tenureOf(guildId) : undefined,
  };
  const desk = videoDesk({
    records,
    operator: OPERATOR_ACCOUNTS_BY_SLOT,
    withLedger: (ledger) => ({ grants: grantsOf(world, { name, slots, clock, own }, ledger) }),
    deps: { ...WIDE, priceList: prices(), budgets: own ?? budgets, clock, ownership },
  });
  const ask = async (slot: number, changes: Parameters<typeof desk.call>[0] = {}) => {
    world.serial.last += 1;
    const interactionId = idOf(world.serial.last);
    return desk.accept(desk.call({ interactionId, guildId: guildIn(slot), ...changes }));
  };
  return { ...desk, clock, ask };
}

/** A picture to be named. */
const naming = (name: string) => ({
  guildId: guildIn(1),
  name,
  kind: 'image' as const,
  way: 'file' as const,
  memberId: '600000000000000001',
  roleIds: [],
  file: { url: `https://cdn.example/${name}.png`, filename: `${name}.png`, bytes: 1000 },
});

describe('a budget that two processes share', () => {
  it.each<[string, Budgets]>([
    ['a day', { day: 5_400_000n }],
    ['a month', { month: 5_400_000n }],
    ['both', { day: 5_400_000n, month: 9_000_000n }],
  ])(
    'lets exactly its sum through of two hundred at once, over many servers (%s)',
    async (_kind, budgets) => {
      const world = sharedWorld(budgets);
      const desks = [deskOf(world, 'one', [1, 2, 3]), deskOf(world, 'two', [4, 5])];
      const answers = await Promise.all(
        Array.from({ length: 200 }, async (_, at) =>
          (at % 2 === 0 ? desks[0] : desks[1])?.ask(
            at % 2 === 0 ? 1 + (at % 3) : 4 + (at % 4 > 1 ? 1 : 0),
          ),
        ),
      );
      expect(answers.filter((one) => one?.kind === 'accepted')).toHaveLength(10);
      const refused = answers.flatMap((one) => (one?.kind === 'denied' ? [one.denial] : []));
      expect(refused).toHaveLength(190);
      const [refusal] = refused;
      expect(refusal).toMatchObject({
        kind: 'budget',
        refusal: { reason: 'over', used: 5_000_000n },
      });
    },
  );

  it('gives to one what the other holds unspent', async () => {
    const world = sharedWorld({ day: 2n * PRICE });
    const [one, two] = [deskOf(world, 'one', [1]), deskOf(world, 'two', [2])];
    await expect(one.ask(1)).resolves.toEqual({ kind: 'accepted' });
    await expect(two.ask(2)).resolves.toEqual({ kind: 'accepted' });
    await expect(one.ask(1)).resolves.toMatchObject({ denial: { kind: 'budget' } });
  });

  it('is refused in time where another process does not answer', async () => {
    const world = sharedWorld({ day: PRICE });
    const one = deskOf(world, 'one', [1]);
    world.budget.living.add('silent');
    await expect(one.ask(1)).resolves.toEqual({ kind: 'accepted' });
    const asking = one.ask(1);
    await one.clock.advance(800);
    await expect(asking).resolves.toMatchObject({ denial: { kind: 'budget' } });
  });

  it('begins anew at midnight', async () => {
    const world = sharedWorld({ day: PRICE });
    const one = deskOf(world, 'one', [1]);
    await expect(one.ask(1)).resolves.toEqual({ kind: 'accepted' });
    await expect(one.ask(1)).resolves.toMatchObject({
      denial: { kind: 'budget', resetsAtMs: NOON + DAY_MS / 2 },
    });
    await one.clock.advance(DAY_MS / 2);
    await expect(one.ask(1)).resolves.toEqual({ kind: 'accepted' });
    expect([...world.budget.granted.values()]).toEqual([PRICE, PRICE]);
  });

  it('refuses an unknown price, and anything under a budget of nothing, without asking', async () => {
    const [world, empty] = [sharedWorld({ day: PRICE }), sharedWorld({ day: 0n })];
    const route = routeOf('jimmy/seedance2.0-md');
    await expect(deskOf(world, 'one', [1]).ask(1, { route })).resolves.toMatchObject({
      denial: { kind: 'budget', refusal: { reason: 'price-unknown' } },
    });
    await expect(deskOf(empty, 'one', [1]).ask(1)).resolves.toMatchObject({
      denial: { kind: 'budget', refusal: { reason: 'forbidden' } },
    });
  });

  it('is left alone once the server is another process’s', async () => {
    const world = sharedWorld({ day: PRICE });
    const one = deskOf(world, 'one', [1]);
    const asking = one.ask(1);
    world.budget.owners.set(1, 'two');
    await expect(asking).resolves.toEqual({ kind: 'elsewhere' });
    expect(one.acknowledged).toEqual([]);
  });

  it('is counted from the accounts when it is first seen', async () => {
    const before = sharedWorld({});
    await deskOf(before, 'one', [1]).ask(1);
    const world = { ...before, budget: sharedBudget(), budgets: { day: 2n * PRICE } };
    const two = deskOf(world, 'two', [2]);
    await expect(two.ask(2)).resolves.toEqual({ kind: 'accepted' });
    await expect(two.ask(2)).resolves.toMatchObject({ denial: { kind: 'budget' } });
  });

  it('holds nothing for a server that asks for no more', async () => {
    const world = sharedWorld({ day: 100n * PRICE });
    const one = deskOf(world, 'one', [1]);
    await one.ask(1);
    const granted = (): bigint | undefined => [...world.budget.granted.values()][0];
    expect(granted()).toBe(5n * PRICE);
    await one.clock.advance(3000);
    expect(granted()).toBe(PRICE);
  });

  it('is asked for the uploads of a named file as well', async () => {
    const shared = sharedWorld({ day: 2_500_000n });
    const world = namedWorld();
    const slot = slotOf(guildIn(1));
    world.budgets = shared.budgets;
    world.operator = OPERATOR_ACCOUNTS_BY_SLOT;
    world.grantsFor = (ledger) =>
      grantsOf(shared, { name: 'one', slots: [slot], clock: world.clock }, ledger);
    const { named } = await namedProcess(world);
    const answers = [];
    for (const name of ['a-hero', 'b-hero', 'c-hero', 'd-hero']) {
      answers.push(await named.add(naming(name)));
    }
    const kinds = answers.map(({ kind }) => kind);
    expect(kinds[0]).toBe('added');
    expect(kinds.at(-1)).toBe('denied');
    expect([...shared.budget.granted.values()][0]).toBeLessThanOrEqual(2_500_000n);
  });
});

/** Both have heard of each other, and keep to what holds. */
async function heard(world: ReturnType<typeof sharedWorld>): Promise<void> {
  world.budget.renewAll();
  await settle();
}

describe('a budget that differs between two processes', () => {
  it.each<[string, Budgets, Budgets]>([
    ['is the lower one', { day: 100n * PRICE }, { day: 3n * PRICE }],
    ['is the only one', {}, { day: 3n * PRICE }],
    ['is of the other’s kind as well', { month: 100n * PRICE }, { day: 3n * PRICE }],
  ])('holds for both where it %s', async (_which, high, low) => {
    const world = sharedWorld({});
    const one = deskOf(world, 'one', [1], high);
    await expect(one.ask(1)).resolves.toEqual({ kind: 'accepted' });
    const two = deskOf(world, 'two', [2], low);
    await heard(world);
    await expect(two.ask(2)).resolves.toEqual({ kind: 'accepted' });
    await expect(one.ask(1)).resolves.toEqual({ kind: 'accepted' });
    await expect(one.ask(1)).resolves.toMatchObject({
      denial: { kind: 'budget', refusal: { limit: 3n * PRICE, used: 3n * PRICE } },
    });
    await expect(two.ask(2)).resolves.toMatchObject({ denial: { kind: 'budget' } });
  });

  it('lets the one with the lower one spend nothing before the other one keeps to it', async () => {
    const world = sharedWorld({});
    const one = deskOf(world, 'one', [1], {});
    await expect(one.ask(1)).resolves.toEqual({ kind: 'accepted' });
    const two = deskOf(world, 'two', [2], { day: 2n * PRICE });
    const asking = two.ask(2);
    await two.clock.advance(800);
    await expect(asking).resolves.toMatchObject({ denial: { kind: 'budget' } });
    await heard(world);
    await expect(two.ask(2)).resolves.toEqual({ kind: 'accepted' });
    await expect(one.ask(1)).resolves.toMatchObject({ denial: { kind: 'budget' } });
  });

  it('gives back what is granted beyond a lower one that comes', async () => {
    const world = sharedWorld({});
    const one = deskOf(world, 'one', [1], { day: 100n * PRICE });
    await expect(one.ask(1)).resolves.toEqual({ kind: 'accepted' });
    expect([...world.budget.granted.values()]).toEqual([5n * PRICE]);
    deskOf(world, 'two', [2], { day: PRICE });
    await heard(world);
    expect([...world.budget.granted.values()]).toEqual([PRICE]);
    await expect(one.ask(1)).resolves.toMatchObject({ denial: { kind: 'budget' } });
  });

  it('lets nothing be spent again that was spent above a lower one and is released', async () => {
    const world = sharedWorld({});
    const one = deskOf(world, 'one', [1, 3], { day: 100n * PRICE });
    const accepted = await Promise.all([1, 1, 1, 3].map(async (slot) => one.ask(slot)));
    expect(accepted).toEqual(Array.from({ length: 4 }, () => ({ kind: 'accepted' })));
    deskOf(world, 'two', [2], { day: PRICE });
    await heard(world);
    const released = { state: 'released', assumed: false } as const;
    for (const task of one.begun.slice(0, 2)) {
      await one.deps.store.save({ ...task, money: released, operatorMoney: released }, task);
    }
    await expect(one.ask(1)).resolves.toMatchObject({ denial: { kind: 'budget' } });
  });

  it('is the higher one once the process with the lower one is gone', async () => {
    const world = sharedWorld({});
    const one = deskOf(world, 'one', [1], { day: 2n * PRICE });
    deskOf(world, 'two', [2], { day: PRICE });
    await heard(world);
    await expect(one.ask(1)).resolves.toEqual({ kind: 'accepted' });
    await expect(one.ask(1)).resolves.toMatchObject({ denial: { kind: 'budget' } });
    world.budget.living.delete('two');
    await heard(world);
    await expect(one.ask(1)).resolves.toEqual({ kind: 'accepted' });
    await expect(one.ask(1)).resolves.toMatchObject({ denial: { kind: 'budget' } });
  });

  it('refuses no unknown price where none is left, and counts what is spent', async () => {
    const world = sharedWorld({});
    const one = deskOf(world, 'one', [1], {});
    deskOf(world, 'two', [2], { day: PRICE });
    await heard(world);
    const route = routeOf('jimmy/seedance2.0-md');
    await expect(one.ask(1, { route })).resolves.toMatchObject({
      denial: { refusal: { reason: 'price-unknown' } },
    });
    world.budget.living.delete('two');
    await heard(world);
    await expect(one.ask(1, { route })).resolves.toEqual({ kind: 'accepted' });
    await expect(one.ask(1)).resolves.toEqual({ kind: 'accepted' });
    await expect(one.ask(1)).resolves.toEqual({ kind: 'accepted' });
    await one.clock.advance(3000);
    expect([...world.budget.granted.values()]).toEqual([2n * PRICE]);
  });
});
