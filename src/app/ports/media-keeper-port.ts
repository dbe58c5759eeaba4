import type { Task } from '../../domain/tasks/task.ts';

/** Copies what members attached, so that it can be sent again. */
export interface MediaKeeper {
  /** Begins to copy the media of a task whose first record is written. Does not wait and never throws. */
  keep(task: Task): void;
  /** Resolves when no copy is being made. */
  settled(): Promise<void>;
}
