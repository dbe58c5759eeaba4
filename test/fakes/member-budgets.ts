import type { SharedBudgets } from '../../src/app/ports/shared-budgets-port.ts';
import { BUDGET_KINDS } from '../../src/domain/ledger/budget.ts';
import type { Budgets } from '../../src/domain/ledger/budget.ts';

/** What the rows of members say of their budgets, in memory. */
export function memberBudgets(living: ReadonlySet<string>, owners: ReadonlyMap<number, string>) {
  const own = new Map<string, Budgets>();
  const kept = new Map<string, Budgets>();
  const renewals = new Map<string, () => void>();
  const lowest = (): Budgets => {
    const all = [...living].map((member) => own.get(member) ?? {});
    return Object.fromEntries(
      BUDGET_KINDS.flatMap((kind) => {
        const amounts = all.flatMap(({ [kind]: amount }) => (amount === undefined ? [] : [amount]));
        return amounts.length === 0 ? [] : [[kind, amounts.reduce((a, b) => (a < b ? a : b))]];
      }),
    );
  };
  /** The ceiling of a window, and whether all others that have slots keep to it. */
  const holding = (member: string, window: string) => {
    const kind = window.startsWith('day:') ? 'day' : 'month';
    const { [kind]: ceiling } = lowest();
    const keeps = (other: string): boolean => {
      const limit = kept.get(other)?.[kind];
      return limit !== undefined && ceiling !== undefined && limit <= ceiling;
    };
    const others = [...living].filter(
      (other) => other !== member && [...owners.values()].includes(other),
    );
    return { ceiling, mayGrant: ceiling === undefined || others.every(keeps) };
  };
  /** The budgets as a member knows them, which hears of others by a renewal. */
  const sharedOf = (member: string, budgets: Budgets): SharedBudgets => {
    own.set(member, budgets);
    kept.set(member, budgets);
    let known = lowest();
    let keeps = budgets;
    const changed: (() => void)[] = [];
    renewals.set(member, () => {
      kept.set(member, keeps);
      known = lowest();
      for (const then of changed) then();
    });
    return {
      now: () => known,
      onChange: (then) => void changed.push(then),
      keepTo(next) {
        keeps = next;
        if (living.has(member)) kept.set(member, keeps);
      },
    };
  };
  const renewAll = (): void => {
    for (const member of living) renewals.get(member)?.();
  };
  return { lowest, holding, sharedOf, renewAll };
}
