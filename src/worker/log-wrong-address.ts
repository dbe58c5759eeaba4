import { providerOf } from '../domain/tasks/plan.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { WorkerDeps } from './worker-deps.ts';

/**
 * Logs a wrong provider address for the operator, who alone can correct it; `detail` is for the
 * log.
 */
export function logWrongAddress(
  { log }: Pick<WorkerDeps, 'log'>,
  task: Task,
  detail: string,
): void {
  log.error(
    { taskId: task.id, provider: providerOf(task), detail },
    'the address set for this provider is wrong: no video API answers there; npm run doctor says more',
  );
}
