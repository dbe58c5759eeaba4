import type { AttemptLog } from './ports/attempt-log-port.ts';
import type { Clock, Log, TaskStore } from './ports/core.ts';

/**
 * The task store, with a line for each end of a task: by it a copy of the store that was made before
 * is found out. A line that cannot be written costs that knowledge alone.
 */
export function withLines(
  tasks: TaskStore,
  lines: Pick<AttemptLog, 'ended' | 'reopened'>,
  { clock, log }: { readonly clock: Pick<Clock, 'now'>; readonly log: Log },
): TaskStore {
  const note = async (taskId: string, line: Promise<void>): Promise<void> => {
    try {
      await line;
    } catch (cause) {
      log.warn({ err: cause, taskId }, 'line of a task not written');
    }
  };
  return {
    ...tasks,
    // After its record: a task that has ended by its line and not by its record is of an older copy.
    async end(task, was) {
      await tasks.end(task, was);
      await note(task.id, lines.ended(task.id, clock.now()));
    },
    async reopen(task, was) {
      await note(task.id, lines.reopened(task.id, clock.now()));
      await tasks.reopen(task, was);
    },
  };
}
