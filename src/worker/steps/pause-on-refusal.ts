import type { RejectionCategory } from '../../domain/tasks/provider-rejection.ts';
import { providerOf } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { WorkerDeps } from '../worker-deps.ts';

/** Pauses a provider that refuses the whole account, and tells the admins when it begins; nobody waits for that. */
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
