import type { Task } from '../../domain/tasks/task.ts';

/** The task whose message was edited, and whose owner it is reported to. */
export type EditedTask = Pick<Task, 'id' | 'guildId'>;

/**
 * Edits that were allowed while a guild was this process's, and ended when it may have been another's:
 * they may stand over what that one shows.
 */
export interface LateEdits {
  /** Has the owner show the message again, without waiting for it. Never throws. */
  report(task: EditedTask): void;
}

/** For a process that is alone on its store, whose edits are never late. */
export const NO_LATE_EDITS: LateEdits = { report: () => undefined };
