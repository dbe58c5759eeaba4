import { checkLimit } from './limit.ts';
import type { LimitReason } from './limit.ts';
import type { Micros } from './money.ts';

/** The operator's spending ceilings over all guilds; absent when not set. */
export interface Budgets {
  readonly day?: Micros;
  readonly month?: Micros;
}

/** What all guilds spent in the current UTC windows, reservations and holds included. */
export interface Spent {
  readonly day: Micros;
  readonly month: Micros;
}

export interface BudgetRefusal {
  readonly allowed: false;
  readonly reason: LimitReason;
  readonly budget: keyof Budgets;
  readonly limit: Micros;
  readonly used: Micros;
}

export type BudgetDecision = { readonly allowed: true } | BudgetRefusal;

/** Month first: if both ceilings refuse, the reply names the one that refuses longer. */
const BUDGET_KINDS = ['month', 'day'] as const satisfies (keyof Budgets)[];

/** Whether the operator's budgets allow a cost. An unknown cost never passes a budget. */
export function decideBudget(
  budgets: Budgets,
  spent: Spent,
  cost: Micros | undefined,
): BudgetDecision {
  for (const budget of BUDGET_KINDS) {
    const limit = budgets[budget];
    if (limit === undefined) continue;
    const used = spent[budget];
    const reason = checkLimit(limit, used, cost);
    if (reason !== undefined) return { allowed: false, reason, budget, limit, used };
  }
  return { allowed: true };
}
