import { accountSchema } from '../../domain/ledger/account.ts';
import type { Account } from '../../domain/ledger/account.ts';
import { operatorAccountKey } from '../../domain/ledger/account-key.ts';
import type { Budgets } from '../../domain/ledger/budget.ts';
import type { Micros } from '../../domain/ledger/money.ts';
import type { WindowKey } from '../../domain/ledger/windows.ts';
import { ALL_SLOTS } from '../../domain/slots.ts';
import { DAY_MS } from '../../domain/time-units.ts';
import { NotOurs } from '../slots/not-ours.ts';
import type { SettledGrants, SlotNeed } from '../ports/budget-rows-port.ts';
import type { BudgetGrantsDeps, GrantNeed } from './grants-deps.ts';
import { budgetWindow } from './budget-window.ts';
import type { HeldGrants, SlotGrants } from './held-grants.ts';

/** What the steps on the rows are made with; no two of them may run at once. */
export interface GrantSteps extends Pick<
  BudgetGrantsDeps,
  'rows' | 'records' | 'ledger' | 'ownership'
> {
  readonly held: HeldGrants;
}

/** The rows of windows that began so long before are removed. */
const KEPT_MS = 70 * DAY_MS;

/** So many times its cost a decision takes in advance, or this part of the budget if that is more. */
const COSTS_AHEAD = 4n;
const PARTS_AHEAD = 256n;

/** What came of an attempt to raise a grant. */
export type Raised<T> =
  | { readonly kind: 'decided'; readonly result: T }
  | {
      readonly kind: 'short';
      /** What is granted of the window but not unspent in this slot. */
      readonly used: Micros;
      /** The budget of which there was not enough. */
      readonly ceiling: Micros;
      /** How many other processes may hold something unspent. */
      readonly others: number;
    };

/** Raises a grant by what is needed, unless it is there, and calls `decide` at the same moment. */
export async function raise<T>(
  steps: GrantSteps,
  need: GrantNeed,
  decide: () => T,
): Promise<Raised<T>> {
  const { rows, held } = steps;
  const { slot, budget, key, cost, limit } = need;
  const window = budgetWindow(budget, key);
  await settleBeforeRaise(steps, need);
  // Let go of meanwhile.
  if (!steps.ledger.isLoaded([operatorAccountKey(slot)])) throw new NotOurs();
  const grants = held.slot(slot);
  const spent = spentOf(steps, slot, budget, key) ?? 0n;
  if ((grants.get(window) ?? 0n) >= spent + cost) return { kind: 'decided', result: decide() };
  const ahead = largerOf(cost * COSTS_AHEAD, (limit ?? 0n) / PARTS_AHEAD);
  try {
    const answer = await rows.raise({ slot, window, spent, cost, ahead });
    // Only where they were removed under a running process; then the next attempt makes them anew.
    if (answer === undefined) throw new Error('the rows of a budget are gone');
    grants.set(window, answer.amount);
    noteCeiling(held, window, answer);
    if (answer.amount >= spent + cost) return { kind: 'decided', result: decide() };
    const { granted, amount, others, ceiling = granted } = answer;
    return { kind: 'short', used: granted - amount + spent, ceiling, others };
  } catch (cause) {
    grants.delete(window);
    throw cause;
  }
}

/** What a decision may count on; `undefined` if nothing is known. */
export function grantOf(
  steps: Pick<GrantSteps, 'held' | 'ledger'>,
  slot: number,
  budget: keyof Budgets,
  key: WindowKey,
): Micros | undefined {
  const { held } = steps;
  const window = budgetWindow(budget, key);
  const amount = held.use(slot, window);
  if (amount === undefined || !held.isOverdrawn(window)) return amount;
  const spent = spentOf(steps, slot, budget, key);
  return spent === undefined || spent > amount ? amount : spent;
}

/** Keeps what is not spent where a slot is in use; nothing where more is granted than there is. */
export async function keepInUse(
  steps: GrantSteps,
  budget: keyof Budgets,
  key: WindowKey,
): Promise<void> {
  const isOverdrawn = steps.held.isOverdrawn(budgetWindow(budget, key));
  await settleAll(steps, budget, key, isOverdrawn ? 'none' : 'in-use');
}

/** Finds out whether more of a window is granted than there is. */
export async function checkCeiling(
  { rows, held }: Pick<GrantSteps, 'rows' | 'held'>,
  budget: keyof Budgets,
  key: WindowKey,
): Promise<void> {
  const window = budgetWindow(budget, key);
  const settled = await rows.settle(window, []);
  if (settled !== undefined) held.setOverdrawn(window, settled.isOverdrawn);
}

/**
 * Brings the grants in line with what is spent. Of a window of which more is granted than there is, what
 * was spent and is released in this slot is given back first: it may not be spent again.
 */
async function settleBeforeRaise(
  steps: GrantSteps,
  { slot, budget, key }: GrantNeed,
): Promise<void> {
  const { held } = steps;
  const window = budgetWindow(budget, key);
  await settleAll(steps, budget, key, 'all', [slot]);
  const isMoreGranted = (): boolean => {
    const spent = spentOf(steps, slot, budget, key);
    // Of a window that is over nothing is given back any more.
    return spent !== undefined && (held.slot(slot).get(window) ?? 0n) > spent;
  };
  // More may be released meanwhile.
  while (held.isOverdrawn(window) && isMoreGranted()) {
    await settleAll(steps, budget, key, 'none', [slot]);
  }
}

function noteCeiling(
  held: Pick<HeldGrants, 'setOverdrawn'>,
  window: string,
  { granted, ceiling }: { readonly granted: Micros; readonly ceiling: Micros | undefined },
): void {
  held.setOverdrawn(window, ceiling !== undefined && granted > ceiling);
}

/** What of the grants that are not spent stays granted: of all slots, of those in use, or of none. */
type Kept = 'all' | 'in-use' | 'none';

/**
 * Brings the grants of this process's slots in line with what is spent: more was spent than granted
 * where a settlement was above what was reserved. Asks nothing where all is known and in line.
 */
export async function settleAll(
  steps: GrantSteps,
  budget: keyof Budgets,
  key: WindowKey,
  kept: Kept,
  also: readonly number[] = [],
): Promise<void> {
  const { rows, ledger, ownership, held } = steps;
  const window = budgetWindow(budget, key);
  const slots = [...new Set([...ownership.served(), ...also])];
  await ledger.load(slots.map(operatorAccountKey));
  // No await until they are sent: a decision in between would count on what is given back.
  const changed = slots.flatMap((slot) => lineUp(steps, slot, { budget, key, kept }));
  if (changed.length === 0) return;
  const needs = changed.map(({ need }) => need);
  try {
    const settled =
      (await rows.settle(window, needs)) ?? (await settleAnew(steps, budget, key, needs));
    held.setOverdrawn(window, settled.isOverdrawn);
    for (const { need, grants } of changed) {
      const amount = settled.amounts.get(need.slot);
      if (amount === undefined) grants.delete(window);
      else grants.set(window, amount);
    }
  } catch (cause) {
    // What stands in the rows is not known.
    for (const { grants } of changed) grants.delete(window);
    throw cause;
  }
}

/** What of a slot's grant has to be changed or read; what is to be given back is not held any more. */
function lineUp(
  { held, ledger }: Pick<GrantSteps, 'held' | 'ledger'>,
  slot: number,
  {
    budget,
    key,
    kept,
  }: { readonly budget: keyof Budgets; readonly key: WindowKey; readonly kept: Kept },
): { readonly need: SlotNeed; readonly grants: SlotGrants }[] {
  const window = budgetWindow(budget, key);
  const spent = spentOf({ ledger }, slot, budget, key);
  if (spent === undefined) return [];
  const grants = held.slot(slot);
  const amount = grants.get(window);
  // What the slot's former owner had may be from before a lower budget.
  const isKept =
    amount !== undefined && (kept === 'all' || (kept === 'in-use' && held.isInUse(slot, window)));
  if (amount !== undefined) {
    if (amount === spent || (isKept && amount > spent)) return [];
    if (amount > spent) grants.set(window, spent);
  }
  return [{ need: { slot, spent, isKept }, grants }];
}

/** Makes the rows of a window from the accounts as they are on disk, and settles these slots then. */
async function settleAnew(
  { rows, records }: GrantSteps,
  budget: keyof Budgets,
  key: WindowKey,
  needs: readonly SlotNeed[],
): Promise<SettledGrants> {
  const slots = [...ALL_SLOTS];
  const values = await records.getMany(slots.map(operatorAccountKey));
  const grants = new Map(
    slots.map((slot, index) => {
      const account = accountSchema.safeParse(values[index]).data;
      return [slot, (account && countedIn(account, budget, key)) ?? 0n] as const;
    }),
  );
  const outdated = new Date(Date.parse(key) - KEPT_MS).toISOString();
  const window = budgetWindow(budget, key);
  await rows.create(window, grants, budgetWindow(budget, outdated));
  return (await rows.settle(window, needs)) ?? { amounts: new Map(), isOverdrawn: false };
}

/** What a slot's account counts in a window; `undefined` if that is over for it, or it was let go. */
function spentOf(
  { ledger }: Pick<GrantSteps, 'ledger'>,
  slot: number,
  budget: keyof Budgets,
  key: WindowKey,
): Micros | undefined {
  const accountKey = operatorAccountKey(slot);
  if (!ledger.isLoaded([accountKey])) return undefined;
  const account = ledger.readCached(accountKey);
  return account === undefined ? 0n : countedIn(account, budget, key);
}

function countedIn(account: Account, budget: keyof Budgets, key: WindowKey): Micros | undefined {
  const sums = account[budget];
  if (sums.key !== key) return sums.key < key ? 0n : undefined;
  return sums.used.cost + sums.reserved.cost + sums.held.cost;
}

function largerOf(a: Micros, b: Micros): Micros {
  return a > b ? a : b;
}
