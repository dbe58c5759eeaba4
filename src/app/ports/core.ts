import type { StoredRecord } from './record-store-port.ts';
import type { MoneySides } from '../../domain/ledger/money-sides.ts';
import type { Task } from '../../domain/tasks/task.ts';

/** The time, injected so that tests can drive it. */
export interface Clock {
  /**
   * Milliseconds since the epoch, for what is stored and shown: Discord's time, whatever the
   * machine's clock says. A correction may move it backwards. Until the time is known it counts
   * from 1970.
   */
  now(): number;
  /**
   * Whether Discord has given the time since this start. Until then nothing is decided or stored by
   * it.
   */
  isKnown(): boolean;
  /**
   * Whether two consecutive answers of Discord agree on the time. Until then nothing is deleted by
   * it.
   */
  isSure(): boolean;
  /** Calls `then` once the time is known, immediately if it already is. */
  onceKnown(then: () => void): void;
  /** Milliseconds of the monotonic clock, for waiting; never goes back, whatever `now` does. */
  elapsed(): number;
  /** Calls `then` once after `ms`; returns a function that cancels it. */
  after(ms: number, then: () => void): () => void;
}

/** The logger: a static message and fields. No prompts, tokens or signed addresses. */
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
 * The store of tasks. When the money of a task differs from `was` (the task before), its accounts
 * change in the same commit. After a rejected call nothing is known to be written.
 */
export interface TaskStore {
  /**
   * Counts the cost of a new task in memory, until `create` writes it or `release` returns it.
   * Throws, and counts nothing, if its accounts are not loaded.
   */
  reserve(task: Task): void;
  release(task: Task): void;
  /**
   * Writes a new task with the claim on its interaction, with `alongside` in the same commit, and
   * marks it open. If its accounts are loaded, its cost is counted before the first await.
   */
  create(task: Task, alongside?: readonly StoredRecord[]): Promise<void>;
  /** Writes an open task, with `alongside` in the same commit. */
  save(task: Task, was: MoneySides, alongside?: readonly StoredRecord[]): Promise<void>;
  /** Writes an ended task as open again. */
  reopen(task: Task, was: MoneySides): Promise<void>;
  /** Writes an ended task, with `alongside` in the same commit, and removes it from the open ones. */
  end(task: Task, was: MoneySides, alongside?: readonly StoredRecord[]): Promise<void>;
  get(id: string): Promise<Task | undefined>;
  /** Whether the interaction already has a task, because Discord may deliver it twice. */
  isClaimed(interactionId: string): Promise<boolean>;
  /**
   * Ids of the tasks marked as open, oldest first; the cost depends on their number, not on
   * history. With slots only those whose guild is in one of them, or is not known yet.
   */
  openIds(slots?: ReadonlySet<number>): Promise<string[]>;
  /** Reads the unfinished tasks among these ids, or all of them. */
  loadOpen(ids?: readonly string[]): Promise<Task[]>;
  /** Calls `visit` with the tasks accepted since an instant, oldest first, as they are on disk. */
  visitSince(instantMs: number, visit: (task: Task) => void): Promise<void>;
  /** Ids of the tasks marked as held, in every guild; a mark may be outdated. */
  heldIds(): Promise<string[]>;
  /** Reads the tasks of a guild that are held for the guild and its member: how many, and the oldest. */
  loadHeld(guildId: string, limit: number): Promise<HeldTasks>;
  /** Reads the tasks of all guilds that are held for the operator. */
  loadHeldForOperator(): Promise<Task[]>;
}

/**
 * A task store that can hold a task's next record back, so that one commit has it and the record
 * that follows. Until then `get` reads it from memory, and a crash loses it.
 */
export interface DraftingTaskStore extends TaskStore {
  /**
   * Holds back the first record of a task whose money is reserved, from the call on. Resolves with
   * whether it is on disk, once that is known.
   */
  begin(task: Task, alongside: readonly StoredRecord[]): Promise<boolean>;
  /**
   * Holds back a record of a stored task for a second at most; `was` is the task as it is stored.
   * `alongside` is written with it.
   */
  holdBack(task: Task, was: MoneySides, alongside: readonly StoredRecord[]): void;
  isHeldBack(taskId: string): boolean;
  /**
   * Drops what is held back of the tasks in these slots: first records with their reservations, as if
   * they could not be written.
   */
  drop(slots: ReadonlySet<number>): void;
  /**
   * Writes what is held back of a task, if anything. Rejects if that fails: a first record is dropped
   * then, with its reservation, and any other one is still held back.
   */
  flush(taskId: string): Promise<void>;
  /**
   * The same for all tasks; failures are logged. Resolves when no task is left of which it is not
   * known whether its first record is on disk.
   */
  flushAll(): Promise<void>;
}
