import type { SendingRule } from '../../domain/tasks/restored.ts';

/** A detected restore: what was spent between `since` and `found` is not in the accounts. */
export interface Restore {
  /** In milliseconds. */
  readonly since: number;
  /** `undefined` when it was detected before the time was known. */
  readonly found?: number | undefined;
}

/** The mark of a store that is a copy. */
export interface CopyMark {
  /** When the copy was made, in milliseconds. */
  readonly at: number;
  readonly rule: SendingRule;
}

/** What a store records about its origin. */
export interface StoreOrigin {
  /** `first`: no bot with an attempt log has run on it yet. `lost`: its id cannot be read. */
  readonly id: 'first' | 'known' | 'lost';
  /** How many times a bot was started on it. */
  readonly starts: number;
  /** Whether the server that keeps the store is the one of the last start; `unknown` where none does. */
  readonly server: 'same' | 'other' | 'unknown';
  /** Set when the store is a copy and no start has finished checking it. */
  readonly copy: CopyMark | undefined;
  /** The last restore that an earlier start detected. */
  readonly restore?: Restore;
  /** When the newest task was requested, in milliseconds; `undefined` when there are no tasks. */
  newestAcceptedAt(): Promise<number | undefined>;
  /** Marks the store as a copy until a start, this one or one after a kill, has checked it. */
  markAsCopy(copy: CopyMark): Promise<void>;
  /** Records a finished start, here and in the attempt log, and removes the mark of a copy. */
  recordStart(starts: number, restore: Restore | undefined): Promise<void>;
  /** Records when the last restore was detected, if that was not known yet. */
  recordRestoreTime(found: number): Promise<void>;
}
