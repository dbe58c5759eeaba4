import type { RecordReader, StoredRecord } from '../../app/ports/record-store-port.ts';
import type { RowTarget } from '../copy/stored-row.ts';
import type { OpenLine } from '../intents/open-lines.ts';

/** What a stopped store has beside its records of calls that were about to be acknowledged. */
interface MovableIntents {
  readonly read: () => Promise<readonly OpenLine[]>;
  /** On disk when it resolves; what is there already may be added again. */
  readonly add: (lines: readonly OpenLine[]) => Promise<void>;
}

/** A stopped store of either kind that is locked for a move. */
export interface MovableStore extends RecordReader {
  readonly kind: 'sqlite' | 'postgres';
  /** Its address for people, without a password; the same for the same store. */
  readonly place: string;
  readonly rows: RowTarget;
  /** Those of the store with this id. */
  readonly intentsOf: (storeId: string) => MovableIntents;
  /** Whether there are late answers of providers that no process has gone on with yet. */
  readonly hasLateAnswers: () => Promise<boolean>;
  readonly isEmpty: () => Promise<boolean>;
  /** One commit, on disk when it resolves. */
  readonly commit: (written: readonly StoredRecord[], removed?: readonly string[]) => Promise<void>;
  /** Removes every record, with all that a former store left beside them, and writes these, in one commit. */
  readonly replaceAll: (written: readonly StoredRecord[]) => Promise<void>;
  /** Frees the lock. */
  readonly close: () => Promise<void>;
}

/** Thrown where a move is refused; the message has advice. */
export class MoveRefused extends Error {}
