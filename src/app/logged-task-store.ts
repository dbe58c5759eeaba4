import type { AttemptLog } from './ports/attempt-log-port.ts';
import type { Clock, Log, TaskStore } from './ports/core.ts';

/**
 * Wraps a task store so that the attempt log records each end of a task, which reveals an older
 * copy of the store. If a line cannot be written, only this detection suffers.
 */
export function withAttemptLog(
  tasks: TaskStore,
  attemptLog: Pick<AttemptLog, 'ended' | 'reopened'>,
  { clock, log }: { readonly clock: Pick<Clock, 'now'>; readonly log: Log },
): TaskStore {
  const logged = async (taskId: string, line: Promise<void>): Promise<void> => {
    try {
      await line;
    } catch (cause) {
      log.warn({ err: cause, taskId }, 'attempt log: line of a task not written');
    }
  };
  return {
    ...tasks,
    // Logged after the record: a task that ended in the log but not in its record is from an older
    // copy.
    async end(task, ...given) {
      await tasks.end(task, ...given);
      await logged(task.id, attemptLog.ended(task.id, clock.now()));
    },
    async reopen(task, was) {
      await logged(task.id, attemptLog.reopened(task.id, clock.now()));
      await tasks.reopen(task, was);
    },
  };
}
