import type { RecordReader, StoredRecord } from '../../app/ports/record-store-port.ts';
import type { RowTarget } from '../copy/stored-row.ts';

/** A stopped store of either kind that is locked for a move. */
export interface MovableStore extends RecordReader {
  readonly kind: 'sqlite' | 'postgres';
  /** Its address for people, without a password; the same for the same store. */
  readonly place: string;
  readonly rows: RowTarget;
  readonly isEmpty: () => Promise<boolean>;
  /** One commit, on disk when it resolves. */
  readonly commit: (written: readonly StoredRecord[], removed?: readonly string[]) => Promise<void>;
  /** Removes every record and writes these, in one commit. */
  readonly replaceAll: (written: readonly StoredRecord[]) => Promise<void>;
  /** Frees the lock. */
  readonly close: () => Promise<void>;
}

/** Thrown where a move is refused; the message has advice. */
export class MoveRefused extends Error {}
