import type { SharedBudgets } from '../../app/ports/shared-budgets-port.ts';
import { BUDGET_KINDS } from '../../domain/ledger/budget.ts';
import type { Budgets } from '../../domain/ledger/budget.ts';
import type { Membership } from './membership.ts';
import type { NamedAmounts } from './member-settings.ts';

/** The budgets of a process among those of the others, before and after it is a member. */
export interface OpenedBudgets extends SharedBudgets {
  /** Given to the membership. */
  readonly applied: () => NamedAmounts;
  join(membership: Pick<Membership, 'members' | 'onMail' | 'renew'>): void;
}

/** Creates what a process knows of the budgets, which are its own ones before it has joined. */
export function createSharedBudgets(own: Budgets): OpenedBudgets {
  let membership: Pick<Membership, 'members' | 'onMail' | 'renew'> | undefined;
  let applied = namedAmounts(own);
  const changed: (() => void)[] = [];
  return {
    now() {
      const others = (membership?.members() ?? []).map(({ settings }) => settings?.budgets ?? {});
      return lowestOf([namedAmounts(own), ...others]);
    },
    onChange: (then) => void changed.push(then),
    keepTo(budgets) {
      const next = namedAmounts(budgets);
      if (JSON.stringify(next) === JSON.stringify(applied)) return;
      applied = next;
      membership?.renew();
    },
    applied: () => applied,
    join(given) {
      membership = given;
      given.onMail((slot) => {
        // At each renewal.
        if (slot === undefined) for (const then of changed) then();
      });
    },
  };
}

/** Budgets as a row has them. */
export function namedAmounts(budgets: Budgets): NamedAmounts {
  return Object.fromEntries(
    BUDGET_KINDS.flatMap((kind) =>
      budgets[kind] === undefined ? [] : [[kind, String(budgets[kind])]],
    ),
  );
}

function lowestOf(all: readonly NamedAmounts[]): Budgets {
  return Object.fromEntries(
    BUDGET_KINDS.flatMap((kind) => {
      const [first, ...others] = all.flatMap(({ [kind]: amount }) =>
        amount === undefined ? [] : [BigInt(amount)],
      );
      if (first === undefined) return [];
      return [[kind, others.reduce((least, one) => (one < least ? one : least), first)]];
    }),
  );
}
