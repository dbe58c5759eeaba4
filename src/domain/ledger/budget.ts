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
export const BUDGET_KINDS = ['month', 'day'] as const satisfies (keyof Budgets)[];

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

/**
 * What holds where budgets are granted to slots: a ceiling, or none although grants count what is spent,
 * because another process may have one.
 */
export type Ceilings = Readonly<Partial<Record<keyof Budgets, Micros | 'none'>>>;

/** What a decision needs beyond what is granted to its slot. */
export interface Shortage {
  readonly allowed: 'after-a-grant';
  readonly budget: keyof Budgets;
  /** `undefined` where nothing is known of a ceiling. */
  readonly limit: Micros | undefined;
  readonly cost: Micros;
}

/**
 * Whether what is granted to a slot has room for a cost; `spent` is what the slot itself has spent. A
 * grant that is not known has none. What no grant could allow is refused.
 */
export function decideWithinGrants(
  ceilings: Ceilings,
  spent: Spent,
  granted: (budget: keyof Budgets) => Micros | undefined,
  cost: Micros | undefined,
): BudgetDecision | Shortage {
  for (const budget of BUDGET_KINDS) {
    const ceiling = ceilings[budget];
    if (ceiling === undefined) continue;
    const limit = ceiling === 'none' ? undefined : ceiling;
    const used = spent[budget];
    const reason = limit === undefined ? undefined : checkLimit(limit, 0n, cost);
    if (limit !== undefined && reason !== undefined) {
      return { allowed: false, reason, budget, limit, used };
    }
    const grant = granted(budget);
    if (cost !== undefined && (grant === undefined || used + cost > grant)) {
      return { allowed: 'after-a-grant', budget, limit, cost };
    }
  }
  return { allowed: true };
}
