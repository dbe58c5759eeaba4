import { decideBudget, decideWithinGrants } from '../../domain/ledger/budget.ts';
import type { BudgetRefusal, Budgets } from '../../domain/ledger/budget.ts';
import type { Micros } from '../../domain/ledger/money.ts';
import type { WindowKeys } from '../../domain/ledger/windows.ts';
import { slotOf } from '../../domain/slots.ts';
import type { Calendar } from '../calendar.ts';
import type { Ledger } from '../ports/ledger-port.ts';
import { usageOf } from '../usage-of.ts';
import type { BudgetGrants } from './budget-grants.ts';
import type { GrantNeed } from './grants-deps.ts';

/** What a decision about money reads. */
export interface SpendingDeps {
  readonly ledger: Ledger;
  readonly calendar: Calendar;
  /** Those of this process; where there are grants, theirs hold. */
  readonly budgets: Budgets;
  /** What this process may spend of the budgets; `undefined` if it has them to itself. */
  readonly grants?: BudgetGrants | undefined;
}

/** Nothing speaks against a request, once this is granted to its slot. */
export interface BudgetShortage {
  readonly kind: 'budget-short';
  readonly need: GrantNeed;
  /** When the budget resets, in milliseconds. */
  readonly resetsAtMs: number;
}

/**
 * Why the operator's budgets do not allow a cost in the guild's account of the operator's, or what has
 * to be granted first; `undefined` if they allow it.
 */
export function decideOperator(
  { ledger, budgets, grants }: SpendingDeps,
  guildId: string,
  keys: WindowKeys,
  cost: Micros | undefined,
): BudgetRefusal | { readonly budget: keyof Budgets; readonly need: GrantNeed } | undefined {
  const { day, month } = usageOf(ledger, ledger.operator.keyOf(guildId), keys);
  const spent = { day: day.cost, month: month.cost };
  const slot = slotOf(guildId);
  const answer =
    grants === undefined
      ? decideBudget(budgets, spent, cost)
      : decideWithinGrants(
          grants.ceilings(),
          spent,
          (kind) => grants.of(slot, kind, keys[kind]),
          cost,
        );
  if (answer.allowed === true) return undefined;
  if (answer.allowed === false) return answer;
  const { budget, limit } = answer;
  return { budget, need: { slot, budget, key: keys[budget], limit, cost: answer.cost } };
}
