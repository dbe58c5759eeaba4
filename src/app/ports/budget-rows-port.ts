import type { Micros } from '../../domain/ledger/money.ts';

/** What a slot's grant is to be raised to. */
interface GrantRequest {
  readonly slot: number;
  /** The budget's name of its window, such as `day:2026-11-30T00:00:00.000Z`. */
  readonly window: string;
  /** What the slot's account counts in the window. */
  readonly spent: Micros;
  /** What is to be reserved on top. */
  readonly cost: Micros;
  /** What more is taken in advance, of a sixteenth of what is left at most. */
  readonly ahead: Micros;
}

/** How things stand after a request. */
interface GrantAnswer {
  /** The grant of the slot: `spent + cost` or more, unless that passes the ceiling. */
  readonly amount: Micros;
  /** All grants of the window together. */
  readonly granted: Micros;
  /** The lowest budget of all processes; `undefined` where none has one. */
  readonly ceiling: Micros | undefined;
  /** How many other processes may hold some of it. */
  readonly others: number;
}

/** What a slot needs of its grant. */
export interface SlotNeed {
  readonly slot: number;
  readonly spent: Micros;
  /** Whether what is not spent stays granted. */
  readonly isKept: boolean;
}

/** How grants stand that were brought in line with what is spent. */
export interface SettledGrants {
  /** Those of this process's slots. */
  readonly amounts: ReadonlyMap<number, Micros>;
  /** Whether more is granted than the lowest budget of all processes, which came later. */
  readonly isOverdrawn: boolean;
}

/**
 * The rows in which processes share the operator's budgets: of each window the sum that is granted, and
 * of each slot its part. A part is changed by the owner of its slot alone. Calls reject with `NotOurs`
 * where that is another process by now, and with a fault where it is not known what happened.
 */
export interface BudgetRows {
  /**
   * Raises the grant of a slot by a commit: to what is spent in any case, and for the cost only within
   * the lowest budget of all processes, and once all of them keep to that. `undefined` if the window has
   * no rows.
   */
  raise(request: GrantRequest): Promise<GrantAnswer | undefined>;
  /**
   * Raises the grants of these slots to what is spent, and lowers those that are not kept; those that are
   * another process's are left alone. Resolves with `undefined` if the window has no rows.
   */
  settle(window: string, needs: readonly SlotNeed[]): Promise<SettledGrants | undefined>;
  /**
   * Makes the rows of a window if there are none, with a grant for each slot, and removes those of the
   * windows of its kind before `outdated`.
   */
  create(window: string, grants: ReadonlyMap<number, Micros>, outdated: string): Promise<void>;
  /** Asks the other processes to give back what they hold unspent. */
  ask(window: string, question: string): Promise<void>;
  /** Says that this process has done so. */
  answer(question: string): Promise<void>;
  /** Calls with each question and each answer, also with those of this process. */
  onAsked(then: (window: string, question: string) => void): void;
  onAnswered(then: (question: string) => void): void;
}
