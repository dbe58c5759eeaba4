import type { LateAnswer } from './late-answers-port.ts';

/**
 * The time for which this process works for the guilds of one slot, from taking the slot up to letting
 * it go. Work keeps the one in which it began: a slot that is taken up again has another.
 */
export interface Tenure {
  /**
   * Whether something may be sent or decided now, and for so many milliseconds to come. Never again
   * once it is over.
   */
  mayAct(forMs?: number): boolean;
  /** Whether the slot was lost or has been handed over. */
  isOver(): boolean;
  /** Aborted when the slot is lost. */
  readonly lost: AbortSignal;
  /** Runs work for the end of which a hand-over waits. */
  during<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * The guilds that this process is responsible for. No two processes on one store may own the same
 * guild, because an account is decided from the memory of its owner.
 */
export interface Ownership {
  /** Whether new work of the guild begins here. */
  owns(guildId: string): boolean;
  /**
   * `undefined` where another process is responsible. While a slot is taken up or handed over, its work
   * goes on although nothing new begins.
   */
  tenureOf(guildId: string): Tenure | undefined;
  /** The slots in which new work begins here. */
  served(): readonly number[];
  /** Whether this process does what is done once for all guilds. */
  isFirst(): boolean;
}

/** What is reported about slots. Those of one call change together. */
export interface OwnershipChanges {
  /** They are this process's. Resolves when their work goes on; rejects if the store does not answer. */
  onGained(slots: readonly number[]): Promise<void>;
  /** Ends the work of a slot for another process. Resolves when nothing more of it happens here. */
  release(slot: number): Promise<void>;
  /**
   * They may be another's by now. Nothing more is sent for them from the call on; resolves when
   * nothing that was decided about them is written any more. Never rejects.
   */
  onLost(slots: readonly number[]): Promise<void>;
  /** Resolves with whether the answer is done with; if not, it is to be given again. */
  onLateAnswer(answer: LateAnswer): Promise<boolean>;
}

/** What decides which slots are this process's. */
export interface OwnershipSource {
  /** Whether what is owned stays so for so many milliseconds. */
  isValidFor(ms: number): boolean;
  /** Begins to report the changes; resolves when the slots that are free have been taken up. */
  begin(changes: OwnershipChanges): Promise<void>;
}
