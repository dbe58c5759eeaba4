import type { Task } from '../../domain/tasks/task.ts';
import type { WorkerDeps } from '../worker-deps.ts';

/** Whether a task has a record on the disk; if its first one fails, nothing of it is left. */
export async function isWritten(
  { store, log }: Pick<WorkerDeps, 'store' | 'log'>,
  { id: taskId }: Task,
): Promise<boolean> {
  try {
    await store.flush(taskId);
    return true;
  } catch (cause) {
    log.error({ err: cause, taskId }, 'task could not be written');
    return false;
  }
}
