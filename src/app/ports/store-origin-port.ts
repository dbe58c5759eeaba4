import type { SendingRule } from '../../domain/tasks/restored.ts';

/** A restore that a start found: what was spent between the two is not in the books. */
export interface Restore {
  /** In milliseconds. */
  readonly since: number;
  /** Absent: found before Discord had told the time. */
  readonly found?: number | undefined;
}

/** What says of a store that it is a copy. */
export interface CopyMark {
  /** When the copy was made, in milliseconds. */
  readonly at: number;
  readonly rule: SendingRule;
}

/** What a store says of where it comes from. */
export interface StoreOrigin {
  /** `first`: no bot that keeps lines ran on it yet. `lost`: its id cannot be read. */
  readonly id: 'first' | 'known' | 'lost';
  /** How often a bot was started on it. */
  readonly starts: number;
  /** It is a copy that no start has judged to the end. */
  readonly copy: CopyMark | undefined;
  /** The last restore that an earlier start found. */
  readonly restore?: Restore;
  /** When the newest task that it has was asked for, in milliseconds; undefined: it has none. */
  newestAt(): Promise<number | undefined>;
  /** Says that it is a copy, until a start has judged it: this one, or one after a kill. */
  mark(copy: CopyMark): Promise<void>;
  /** A start has judged it: from now on it is no copy. Writes the start's line as well. */
  judged(starts: number, restore: Restore | undefined): Promise<void>;
  /** Says when the last restore was found, where that was not known. */
  date(found: number): Promise<void>;
}
