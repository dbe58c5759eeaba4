import type { Task } from '../domain/tasks/task.ts';

/** Time from outside, so that a test can drive it. Milliseconds since the epoch. */
export interface Clock {
  now(): number;
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

/** Tasks in the store. A rejected promise means that nothing is known to be written. */
export interface TaskStore {
  /** Writes a task that is not there yet, and marks it open. */
  create(task: Task): Promise<void>;
  /** Writes an open task. */
  save(task: Task): Promise<void>;
  /** Writes an ended task and takes it off the open ones. */
  end(task: Task): Promise<void>;
  get(id: string): Promise<Task | undefined>;
  has(id: string): Promise<boolean>;
  /** Every unfinished task; the cost grows with their number, not with history. */
  loadOpen(): Promise<Task[]>;
}
