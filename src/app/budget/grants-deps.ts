import type { SharedBudgets } from '../ports/shared-budgets-port.ts';
import type { Budgets } from '../../domain/ledger/budget.ts';
import type { Micros } from '../../domain/ledger/money.ts';
import type { WindowKey } from '../../domain/ledger/windows.ts';
import type { Calendar } from '../calendar.ts';
import type { Clock, Log } from '../ports/core.ts';
import type { BudgetRows } from '../ports/budget-rows-port.ts';
import type { Ledger } from '../ports/ledger-port.ts';
import type { Ownership } from '../ports/ownership-port.ts';
import type { RecordReader } from '../ports/record-store-port.ts';

/** What is needed of the grant of a slot. */
export interface GrantNeed {
  readonly slot: number;
  readonly budget: keyof Budgets;
  /** The key of the budget's window. */
  readonly key: WindowKey;
  readonly limit: Micros | undefined;
  readonly cost: Micros;
}

/** What grants are asked for and kept with. */
export interface BudgetGrantsDeps {
  readonly rows: BudgetRows;
  readonly records: Pick<RecordReader, 'getMany'>;
  readonly ledger: Pick<Ledger, 'load' | 'isLoaded' | 'readCached'>;
  readonly ownership: Pick<Ownership, 'served'>;
  readonly shared: SharedBudgets;
  readonly calendar: Calendar;
  readonly clock: Clock;
  readonly log: Log;
  /** An id that no process ever made. */
  readonly newId: () => string;
}
