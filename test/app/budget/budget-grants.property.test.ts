import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBudgetGrants } from '../../../src/app/budget/budget-grants.ts';
import { decideOperator } from '../../../src/app/budget/decide-operator.ts';
import { createCalendar } from '../../../src/app/calendar.ts';
import { BUDGET_KINDS } from '../../../src/domain/ledger/budget.ts';
import type { Budgets } from '../../../src/domain/ledger/budget.ts';
import type { AccountEntry } from '../../../src/app/ports/ledger-port.ts';
import {
  OPERATOR_ACCOUNTS_BY_SLOT,
  operatorAccountKey,
} from '../../../src/domain/ledger/account-key.ts';
import { NO_MONEY } from '../../../src/domain/ledger/task-money.ts';
import type { TaskMoney } from '../../../src/domain/ledger/task-money.ts';
import { keysOf, operatorWindows } from '../../../src/domain/ledger/windows.ts';
import { aLedger } from '../../fakes/a-ledger.ts';
import { NOON, fakeClock, settle } from '../../fakes/clock.ts';
import type { FakeClock } from '../../fakes/clock.ts';
import { guildIn } from '../../fakes/guild-in.ts';
import { recordingLog } from '../../fakes/log.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';
import { sharedBudget } from '../../fakes/shared-budget.ts';

/** What a process may have set: most have the same. */
const USUAL: Budgets = { day: 1000n, month: 1500n };
const budgets = fc.oneof(
  { weight: 4, arbitrary: fc.constant(USUAL) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Budgets[]>({ day: 600n, month: 1500n }, { day: 1400n }, {}),
  },
);
const KEYS = keysOf(operatorWindows(NOON));
const WINDOWS = { day: `day:${KEYS.day}`, month: `month:${KEYS.month}` };
const SLOTS = [0, 1, 2, 3, 4, 5];
const PROCESSES = 3;

interface Reservation {
  readonly id: string;
  readonly slot: number;
  money: TaskMoney;
  isWritten: boolean;
}

/** One process: its books, and its grants of the budgets. */
function processOf(world: World, name: string, own: Budgets) {
  const { records, clock, budget } = world;
  const ledger = aLedger(records, recordingLog(), clock, OPERATOR_ACCOUNTS_BY_SLOT);
  const calendar = createCalendar();
  let questions = 0;
  const grants = createBudgetGrants({
    rows: budget.rowsOf(name),
    records,
    ledger,
    ownership: { served: () => SLOTS.filter((slot) => budget.owners.get(slot) === name) },
    shared: budget.sharedOf(name, own),
    calendar,
    clock,
    log: recordingLog(),
    newId() {
      questions += 1;
      return `${name}-${questions}`;
    },
  });
  return { name, own, ledger, calendar, grants, open: new Map<string, Reservation>() };
}

type Process = ReturnType<typeof processOf>;

interface World {
  readonly records: ReturnType<typeof memoryRecords>;
  readonly clock: FakeClock;
  readonly budget: ReturnType<typeof sharedBudget>;
  readonly processes: Process[];
  /** What settlements were above what was reserved. */
  excess: bigint;
  /** What may be granted, where all processes have heard of each other. */
  allowed: Budgets;
  /** What may be spent by then: what is released above a lower budget may not be spent again. */
  spendable: Budgets;
  hasHeard: boolean;
  serial: number;
}

function noSuch(): never {
  throw new Error('there is no such process');
}

const entry = (slot: number, before: TaskMoney, after: TaskMoney): AccountEntry => ({
  key: operatorAccountKey(slot),
  windowKeys: KEYS,
  before,
  after,
});
const costing = (cost: bigint) => ({ videos: 1n, seconds: 5n, cost });

function costOf(money: TaskMoney): bigint {
  return money.state === 'none' || money.state === 'released' ? 0n : (money.amounts.cost ?? 0n);
}

function ownerOf({ budget, processes }: World, slot: number): Process {
  return processes.find(({ name }) => budget.owners.get(slot) === name) ?? noSuch();
}

/** What all processes count and have not given up, in memory and on disk. */
function countedBy(world: World): bigint {
  let sum = 0n;
  for (const { open } of world.processes) {
    for (const { money } of open.values()) sum += costOf(money);
  }
  return sum;
}

async function reserve(world: World, slot: number, cost: bigint): Promise<boolean> {
  const process = ownerOf(world, slot);
  const { own, ledger, calendar, grants, open } = process;
  await ledger.load([operatorAccountKey(slot)]);
  world.serial += 1;
  const id = String(world.serial);
  const decide = async (asked: number): Promise<boolean> => {
    const deps = { ledger, calendar, grants, budgets: own };
    const answer = decideOperator(deps, guildIn(slot), KEYS, cost);
    if (answer === undefined) {
      const money = { state: 'reserved', amounts: costing(cost) } as const;
      ledger.reserve(id, [entry(slot, NO_MONEY, money)]);
      open.set(id, { id, slot, money, isWritten: false });
      // Whatever others have set or have heard.
      for (const limit of Object.values(own)) {
        expect(countedBy(world)).toBeLessThanOrEqual(limit + world.excess);
      }
      return true;
    }
    if (!('need' in answer) || asked > 8) return false;
    const obtained = await grants.obtain(answer.need, () => ({ decided: decide(asked + 1) }));
    return obtained.kind === 'decided' ? obtained.result.decided : false;
  };
  return decide(0);
}

async function write({ ledger }: Process, reservation: Reservation): Promise<void> {
  if (reservation.isWritten) return;
  reservation.isWritten = true;
  await ledger.post({
    records: [],
    accounts: [entry(reservation.slot, NO_MONEY, reservation.money)],
    reservation: reservation.id,
  });
}

/** Settles the oldest reservation of a slot for a cost of its own, or releases it. */
async function end(world: World, slot: number, cost: bigint | undefined): Promise<void> {
  const process = ownerOf(world, slot);
  const oldest = [...process.open.values()].find(
    (one) => one.slot === slot && one.money.state === 'reserved',
  );
  if (oldest === undefined) return;
  await process.ledger.load([operatorAccountKey(slot)]);
  await write(process, oldest);
  if (oldest.money.state !== 'reserved') return;
  const before = oldest.money;
  const after: TaskMoney =
    cost === undefined
      ? { state: 'released', assumed: false }
      : { state: 'settled', amounts: costing(cost) };
  if (cost !== undefined && cost > costOf(before)) world.excess += cost - costOf(before);
  oldest.money = after;
  await process.ledger.post({ records: [], accounts: [entry(slot, before, after)] });
}

/** What another process goes on with: the slots of a dead one, or one that is handed over. */
async function move(world: World, slot: number, to: Process, isKill: boolean): Promise<void> {
  const from = ownerOf(world, slot);
  if (from === to) return;
  const own = [...from.open.values()].filter((one) => one.slot === slot);
  if (!isKill) {
    await Promise.all(own.map(async (one) => write(from, one)));
    world.budget.owners.delete(slot);
    await from.ledger.letGo(new Set([slot]), 'handed-over');
    from.grants.forget(new Set([slot]));
  }
  for (const one of own) {
    from.open.delete(one.id);
    if (one.isWritten) to.open.set(one.id, one);
  }
  await to.ledger.letGo(new Set([slot]), 'handed-over');
  to.grants.forget(new Set([slot]));
  world.budget.owners.set(slot, to.name);
}

async function kill(world: World, at: number, own: Budgets): Promise<void> {
  const { processes, budget } = world;
  const dead = processes[at] ?? noSuch();
  const heir = processes[(at + 1) % PROCESSES] ?? noSuch();
  budget.living.delete(dead.name);
  for (const slot of SLOTS.filter((one) => budget.owners.get(one) === dead.name)) {
    await move(world, slot, heir, true);
  }
  world.allowed = {};
  world.spendable = {};
  world.hasHeard = false;
  world.serial += 1;
  const name = `p${world.serial}`;
  budget.living.add(name);
  processes[at] = processOf(world, name, own);
}

const slot = fc.constantFrom(...SLOTS);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('reserve'), slot, cost: fc.bigInt(1n, 400n) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('end'),
      slot,
      cost: fc.option(fc.bigInt(0n, 300n), { nil: undefined }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('move'), slot, at: fc.nat(PROCESSES - 1) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('kill'), at: fc.nat(PROCESSES - 1), budgets }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('renew') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait') }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function costAsked(one: Step): bigint {
  return 'cost' in one ? (one.cost ?? 0n) : 0n;
}

/** Of each budget that holds the lowest, or this where that is more. */
function atLeastLowest(
  { lowest }: Pick<World['budget'], 'lowest'>,
  amountOf: (kind: keyof Budgets) => bigint,
): Budgets {
  return Object.fromEntries(
    BUDGET_KINDS.flatMap((kind) => {
      const { [kind]: limit } = lowest();
      const amount = amountOf(kind);
      return limit === undefined ? [] : [[kind, limit > amount ? limit : amount]];
    }),
  );
}

/** All hear of each other, and keep to the lowest. What was granted before and is spent may be above it. */
async function hear(world: World): Promise<void> {
  world.budget.renewAll();
  await settle();
  // What a dead process held is given back as well; it could not be spent until then.
  await world.clock.advance(1000);
  await settle();
  const { budget, excess } = world;
  world.allowed = atLeastLowest(
    budget,
    (kind) => (budget.granted.get(WINDOWS[kind]) ?? 0n) - excess,
  );
  world.spendable = atLeastLowest(budget, () => countedBy(world) - excess);
  world.hasHeard = true;
}

async function perform(world: World, one: Step): Promise<boolean | undefined> {
  if ('cost' in one && one.kind === 'reserve') return reserve(world, one.slot, one.cost ?? 0n);
  if ('cost' in one) await end(world, one.slot, one.cost);
  else if ('slot' in one) {
    await move(world, one.slot, world.processes[one.at] ?? noSuch(), false);
  } else if ('at' in one) await kill(world, one.at, one.budgets);
  else if (one.kind === 'renew') {
    await hear(world);
  } else await world.clock.advance(1000);
  return undefined;
}

function newWorld(first: readonly Budgets[]): World {
  const world: World = {
    records: memoryRecords(),
    clock: fakeClock(),
    budget: sharedBudget(),
    processes: [],
    excess: 0n,
    allowed: {},
    spendable: {},
    hasHeard: false,
    serial: 0,
  };
  for (let at = 0; at < PROCESSES; at += 1) {
    world.budget.living.add(`p${at}`);
    world.processes.push(processOf(world, `p${at}`, first[at] ?? {}));
  }
  world.serial = PROCESSES;
  for (const [index, one] of SLOTS.entries()) world.budget.owners.set(one, `p${index % PROCESSES}`);
  return world;
}

function expectWithin(world: World): void {
  const { budget, excess } = world;
  const counted = countedBy(world);
  for (const kind of ['day', 'month'] as const) {
    const granted = budget.granted.get(WINDOWS[kind]) ?? 0n;
    const sum = SLOTS.reduce((total, one) => total + budget.grantOf(WINDOWS[kind], one), 0n);
    expect(sum).toBe(granted);
    // Rows that nobody has a budget for are not looked at.
    const allowed = world.allowed[kind];
    if (allowed === undefined) continue;
    expect(granted).toBeLessThanOrEqual(allowed + excess);
    expect(counted).toBeLessThanOrEqual((world.spendable[kind] ?? allowed) + excess);
  }
  if (!world.hasHeard) return;
  world.spendable = atLeastLowest(budget, (kind) => {
    const before = world.spendable[kind] ?? counted;
    return counted - excess < before ? counted - excess : before;
  });
}

it('no budget is passed, and none is refused while enough of it is idle', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(budgets, { minLength: PROCESSES, maxLength: PROCESSES }),
      fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), { minLength: 5, maxLength: 40 }),
      async (first, batches) => {
        const world = newWorld(first);
        await hear(world);
        for (const batch of batches) {
          // A move of slots and a death come between others, not into what they read.
          const quick = batch.filter(({ kind }) => kind === 'reserve' || kind === 'end');
          const others = batch.filter((one) => !quick.includes(one));
          const before = countedBy(world);
          const answers = await Promise.all(quick.map(async (one) => perform(world, one)));
          expectWithin(world);
          const [only] = quick;
          const asked =
            only?.kind === 'reserve' && quick.length === 1 ? costAsked(only) : undefined;
          const isRefused = asked !== undefined && answers[0] === false;
          const isIdle = Object.values(world.budget.lowest()).every(
            (limit) => before + (asked ?? 0n) <= limit,
          );
          expect(isRefused && isIdle && world.hasHeard).toBe(false);
          for (const one of others) {
            await perform(world, one);
            expectWithin(world);
          }
          await settle(1);
        }
        await Promise.all(world.processes.map(async ({ grants }) => grants.stop()));
      },
    ),
    { numRuns: 100 },
  );
});
