import type { TaskTrace } from '../../domain/tasks/restored.ts';

/** One attempt to create a task at the provider, before it is made. */
export interface AttemptLine {
  readonly taskId: string;
  /** Counted from 1 for each task. */
  readonly number: number;
  /** In milliseconds. */
  readonly at: number;
}

/** What the attempt log knows and the records of the store may not. */
export interface LogSummary {
  /** False if the log has no line of this store. */
  readonly hasLines: boolean;
  /** The highest recorded number of starts; 0 when there is none. */
  readonly starts: number;
  /** Lines older than this were deleted, in milliseconds; 0 when none were. */
  readonly since: number;
  /** Traces of the requested tasks that have lines. */
  readonly traces: ReadonlyMap<string, TaskTrace>;
}

/**
 * The log beside the store that reveals what was done after a restored copy of the store was made.
 * A line survives a kill of the process once its call has resolved; after a rejected call it may be
 * there or not.
 */
export interface AttemptLog {
  /** Resolves when the line is on disk: only then may the create be sent. */
  attempt(line: AttemptLine): Promise<void>;
  /** Called after the last record of a task was written, with the end that is in it. */
  ended(taskId: string, endedAt: number): Promise<void>;
  /** Records the number of starts of the store. */
  started(starts: number, at: number): Promise<void>;
  /** Deletes lines older than an instant, but never the last start; resolves with their number. */
  deleteBefore(beforeMs: number): Promise<number>;
  /**
   * Takes over what matters of the lines of a process that is no more, if all are older than `beforeMs`:
   * its last start, and that older lines are gone. Resolves with whether they are, so that they may be
   * deleted.
   */
  inherit(lines: AsyncIterable<string>, beforeMs: number): Promise<boolean>;
  /** The attempts whose lines say that they were made at `fromMs` or later, in order. */
  attemptsSince(fromMs: number): Promise<AttemptLine[]>;
  /** Reads every line once and summarises those of the given tasks. */
  summary(taskIds: ReadonlySet<string>): Promise<LogSummary>;
}
