import type { RejectionCategory } from '../../domain/tasks/provider-rejection.ts';
import { providerOf } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { WorkerDeps } from '../worker-deps.ts';

/**
 * Pauses a provider that rejects the whole account, and notifies the admins of a new pause without
 * waiting.
 */
export function pauseOnAccountRefusal(
  { pauses, after }: Pick<WorkerDeps, 'pauses' | 'after'>,
  task: Task,
  category: RejectionCategory,
): void {
  const provider = providerOf(task);
  if (pauses.pauseOnAccountRefusal(provider, category)) {
    void after.notices.providerPaused(task.guildId, provider, category);
  }
}
