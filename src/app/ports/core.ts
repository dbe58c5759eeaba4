import type { StoredRecord } from './record-store-port.ts';
import type { MoneySides } from '../../domain/ledger/money-sides.ts';
import type { Task } from '../../domain/tasks/task.ts';

/** Time from outside, so that a test can drive it. */
export interface Clock {
  /**
   * Milliseconds since the epoch, for what is kept and shown: Discord's time, whatever the machine's
   * clock says. It may be corrected, back as well. Until it is known it counts from 1970 on.
   */
  now(): number;
  /** Whether Discord has told the time in this start. Until then nothing is decided or kept by it. */
  isKnown(): boolean;
  /** Whether two words of Discord's in a row agree on the time: until then nothing is deleted by it. */
  isSure(): boolean;
  /** Calls `then` once, as soon as the time is known: now, where it is. */
  onceKnown(then: () => void): void;
  /** Milliseconds since some moment, for waiting; never goes back, whatever `now` does. */
  elapsed(): number;
  /** Calls `then` once after `ms`; returns its cancellation. */
  after(ms: number, then: () => void): () => void;
}

/** A log line: a static message and fields. No prompts, tokens or signed addresses. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Of one guild. */
export interface HeldTasks {
  readonly total: number;
  /** At most as many as were asked for. */
  readonly oldest: readonly Task[];
}

/**
 * Tasks in the store, and their money in the accounts: where a side of it differs from `was` (the task
 * before), its accounts change in the same commit. A rejected promise means that nothing is known to be written.
 */
export interface TaskStore {
  /**
   * Writes a task that is not there yet and the claim of its interaction, marks it open and, its
   * accounts being loaded, counts its money before the first await.
   */
  create(task: Task): Promise<void>;
  /** Writes an open task, `alongside` in the same commit. */
  save(task: Task, was: MoneySides, alongside?: readonly StoredRecord[]): Promise<void>;
  /** Writes an ended task as open again. */
  reopen(task: Task, was: MoneySides): Promise<void>;
  /** Writes an ended task and takes it off the open ones. */
  end(task: Task, was: MoneySides): Promise<void>;
  get(id: string): Promise<Task | undefined>;
  /** Whether a task was made for an interaction: delivered again, it makes no second one. */
  isClaimed(interactionId: string): Promise<boolean>;
  /** The tasks that are marked as unfinished, the oldest first; the cost grows with their number, not with history. */
  openIds(): Promise<string[]>;
  /** Of these, or of all, the unfinished ones. */
  loadOpen(ids?: readonly string[]): Promise<Task[]>;
  /** The tasks that are marked as held, of every guild; a mark may no longer fit. */
  heldIds(): Promise<string[]>;
  /** The tasks of a guild whose money is held for the guild and its member: their number, and the oldest. */
  loadHeld(guildId: string, most: number): Promise<HeldTasks>;
  /** Every task of all guilds whose money is held for the operator. */
  loadHeldForOperator(): Promise<Task[]>;
}
