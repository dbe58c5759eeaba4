import type { BudgetRows } from '../app/ports/budget-rows-port.ts';
import type { IntentLog } from '../app/ports/intent-log-port.ts';
import type { ProviderShare } from '../app/ports/provider-share-port.ts';
import type { SharedBudgets } from '../app/ports/shared-budgets-port.ts';
import type { RecordStore } from '../app/ports/record-store-port.ts';
import type { Membership } from '../store/postgres/membership.ts';
import type { Cipher } from '../store/records/cipher.ts';
import type { ServerIdentity } from '../store/server-identity.ts';
import type { RequestBox } from './operator-requests/request-box.ts';

/** Records that were opened, and can be closed. */
export interface ClosableRecords extends RecordStore {
  close(): Promise<void>;
}

/** The records of a store that this process may use. */
export interface OpenedRecords {
  readonly records: RecordStore;
  /** Makes a full copy before a migration, and resolves with its path. */
  readonly backUp: (version: number) => Promise<string>;
  /** What only a store that processes share has. */
  readonly shared?: SharedStore | undefined;
}

/** Work that depends on which processes live. */
type LivingWork = (instances: ReadonlySet<string>) => Promise<void>;

export interface SharedStore {
  /** The name of this process, also in its own files in `DATA_DIR`. */
  readonly instance: string;
  readonly server: ServerIdentity;
  readonly createIntents: (cipher: Cipher) => IntentLog;
  /** What this process has of what providers and Discord allow; all of it where it is absent. */
  readonly share?: ProviderShare | undefined;
  /** The rows of the operator's budgets; absent where this process has the database alone. */
  readonly budgetRows?: BudgetRows;
  /** The budgets of all processes; present where the rows are. */
  readonly budgets?: SharedBudgets;
  /** Where the operator leaves requests for any of the processes. */
  readonly requests: RequestBox;
  /** Absent where this process has the database alone. */
  readonly membership?: Membership;
  /** Whether other processes serve it already. */
  readonly hasCompany?: boolean;
  /**
   * Does work while no other process starts, with the names of those that live; does nothing if one is
   * just starting. Absent where this process has the database alone.
   */
  readonly whileNoneStarts?: (work: LivingWork) => Promise<void>;
  /** Lets another process start; never rejects. */
  readonly started?: () => Promise<void>;
}
