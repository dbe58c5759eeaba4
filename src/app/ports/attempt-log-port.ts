import type { TaskTrace } from '../../domain/tasks/restored.ts';

/** One attempt at a create, about to be made. */
export interface AttemptLine {
  readonly taskId: string;
  /** Counted from 1 for its task. */
  readonly number: number;
  /** In milliseconds. */
  readonly at: number;
}

/** What the lines of a store tell that its records may not know. */
export interface LogSummary {
  /** False: there is no line of this store here. */
  readonly hasLines: boolean;
  /** The highest start that is noted; 0: none. */
  readonly starts: number;
  /** What is older was cut, in milliseconds; 0: nothing was. */
  readonly since: number;
  /** Of the tasks that were asked for and have lines. */
  readonly traces: ReadonlyMap<string, TaskTrace>;
}

/**
 * Lines beside the store, by which a restored copy of it finds out what was done after the copy was
 * made. A line stands for a killed process as soon as its call resolves; a rejected call may have
 * left it or not.
 */
export interface AttemptLog {
  /** Resolves when the line is on the disk: only then may the create leave. */
  attempt(line: AttemptLine): Promise<void>;
  /** After a task's last record was written. */
  ended(taskId: string, at: number): Promise<void>;
  /** Before an ended task is written as open again. */
  reopened(taskId: string, at: number): Promise<void>;
  /** The store was started so many times. */
  started(starts: number, at: number): Promise<void>;
  /** Deletes lines older than an instant, never the last start; resolves with how many. */
  cut(beforeMs: number): Promise<number>;
  /** Reads every line once; of these tasks it tells. */
  summary(taskIds: ReadonlySet<string>): Promise<LogSummary>;
}
