import type { BudgetRefusal, Budgets, Ceilings } from '../../domain/ledger/budget.ts';
import { BUDGET_KINDS } from '../../domain/ledger/budget.ts';
import type { Micros } from '../../domain/ledger/money.ts';
import type { WindowKey } from '../../domain/ledger/windows.ts';
import { OPERATOR_ZONE } from '../../domain/ledger/zone-setting.ts';
import { createInOrder } from '../in-order.ts';
import { startLoop } from '../loop.ts';
import { createGiveBackRounds } from './give-back-rounds.ts';
import type { GiveBackRounds } from './give-back-rounds.ts';
import { createKeptBudgets } from './kept-budgets.ts';
import { createHeldGrants } from './held-grants.ts';
import { checkCeiling, grantOf, keepInUse, raise, settleAll } from './grant-steps.ts';
import type { GrantSteps } from './grant-steps.ts';
import { budgetWindow, windowNamed } from './budget-window.ts';
import type { BudgetGrantsDeps, GrantNeed } from './grants-deps.ts';

/** How often grants are compared with what is spent, in milliseconds. */
const SETTLE_MS = 1000;

/** What came of asking for a grant. */
type Obtained<T> =
  | { readonly kind: 'decided'; readonly result: T }
  | { readonly kind: 'refused'; readonly refusal: BudgetRefusal };

/**
 * The parts of the operator's budgets that this process may spend, one for each slot and window. All
 * processes together never hold more than a budget; a part stays with its slot when another process takes that.
 */
export interface BudgetGrants {
  /** What holds now: of each budget the lowest that a process has. */
  ceilings(): Ceilings;
  /** What a decision may count on; `undefined` if nothing is known. */
  of(slot: number, budget: keyof Budgets, key: WindowKey): Micros | undefined;
  /**
   * Asks for as much as is needed: of what is left, of this process's other slots, and within a second
   * of the other processes. Calls `decide` the moment that it is granted, and resolves with the result.
   * Rejects if the store does not answer.
   */
  obtain<T>(need: GrantNeed, decide: () => T): Promise<Obtained<T>>;
  /** Forgets the grants of slots, which others may have changed or may change from now on. */
  forget(slots: ReadonlySet<number>): void;
  /** Resolves when no statement of it runs any more. */
  stop(): Promise<void>;
}

/** Creates the grants of a process, which holds none at first. */
export function createBudgetGrants(deps: BudgetGrantsDeps): BudgetGrants {
  const { calendar, clock, log } = deps;
  const held = createHeldGrants();
  const steps: GrantSteps = { ...deps, held };
  const inTurn = createInOrder();
  const rounds = createGiveBackRounds(deps);
  const giveBack = async (budget: keyof Budgets, key: WindowKey): Promise<void> =>
    inTurn(budget, async () => settleAll(steps, budget, key, 'none'));
  const keyNow = (budget: keyof Budgets): WindowKey =>
    calendar.pageOf(OPERATOR_ZONE, clock.now()).windows[budget].key;
  const kept = createKeptBudgets(deps, async (budget) => {
    if (!clock.isKnown()) throw new Error('the time is not known yet');
    const key = keyNow(budget);
    await giveBack(budget, key);
    await inTurn(budget, async () => checkCeiling(steps, budget, key));
  });
  answerOthers(deps, rounds, async ({ budget, key }) => {
    if (kept.isCounted(budget)) await giveBack(budget, key);
  });
  const look = async (budget: keyof Budgets): Promise<void> => {
    const key = keyNow(budget);
    held.prune(budgetWindow(budget, ''), budgetWindow(budget, key));
    try {
      await inTurn(budget, async () => keepInUse(steps, budget, key));
    } catch (cause) {
      log.debug({ err: cause }, 'the budget could not be looked at yet');
    }
  };
  const loop = startLoop(clock, async () => {
    if (!clock.isKnown()) return SETTLE_MS;
    await kept.keep();
    for (const budget of BUDGET_KINDS) if (kept.isCounted(budget)) await look(budget);
    held.nextRound();
    return SETTLE_MS;
  });
  return {
    ceilings: kept.ceilings,
    of: (slot, budget, key) => grantOf(steps, slot, budget, key),
    async obtain(need, decide) {
      const { budget, key } = need;
      const attempt = async () => raise(steps, need, decide);
      let last = await inTurn(budget, attempt);
      if (last.kind === 'decided') return last;
      last = await inTurn(budget, async () => {
        await settleAll(steps, budget, key, 'none');
        return attempt();
      });
      if (last.kind === 'short' && last.others > 0) {
        await rounds.ask(budgetWindow(budget, key), last.others);
        last = await inTurn(budget, attempt);
      }
      return last.kind === 'decided' ? last : refused(budget, last);
    },
    forget(slots) {
      held.forget(slots);
    },
    stop: async () => loop.stop(),
  };
}

/** Gives back what another process asks for, and says so. */
function answerOthers(
  { rows, log }: Pick<BudgetGrantsDeps, 'rows' | 'log'>,
  rounds: Pick<GiveBackRounds, 'isOwn'>,
  giveBack: (window: NonNullable<ReturnType<typeof windowNamed>>) => Promise<void>,
): void {
  const answer = async (window: string, question: string): Promise<void> => {
    const named = windowNamed(window);
    if (named !== undefined) await giveBack(named);
    await rows.answer(question);
  };
  rows.onAsked((window, question) => {
    // This process's own slots were asked before.
    if (rounds.isOwn(question)) return;
    void answer(window, question).catch((cause: unknown) => {
      log.warn({ err: cause }, 'unspent budget could not be given back');
    });
  });
}

function refused(
  budget: keyof Budgets,
  { ceiling: limit, used }: { readonly ceiling: Micros; readonly used: Micros },
): { readonly kind: 'refused'; readonly refusal: BudgetRefusal } {
  return { kind: 'refused', refusal: { allowed: false, reason: 'over', budget, limit, used } };
}
