import type { AttemptLog } from './ports/attempt-log-port.ts';
import type { Log, TaskStore } from './ports/core.ts';

/**
 * Wraps a task store so that the attempt log records each end of a task, which reveals an older
 * copy of the store. If a line cannot be written, only this detection suffers.
 */
export function withAttemptLog(
  tasks: TaskStore,
  attemptLog: Pick<AttemptLog, 'ended'>,
  log: Log,
): TaskStore {
  const logged = async (taskId: string, endedAt: number): Promise<void> => {
    try {
      await attemptLog.ended(taskId, endedAt);
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
      if (task.stage.name === 'ended') await logged(task.id, task.stage.endedAt);
    },
  };
}
