import type { RejectionCategory } from '../../domain/tasks/provider-rejection.ts';
import { providerOf } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { WorkerDeps } from '../worker-deps.ts';

/**
 * Pauses a provider, at once, that rejects the whole account; resolves when the admins were notified of
 * a new pause. Never rejects.
 */
export async function pauseOnAccountRefusal(
  { pauses, after }: Pick<WorkerDeps, 'pauses' | 'after'>,
  task: Task,
  category: RejectionCategory,
): Promise<void> {
  const provider = providerOf(task);
  const pause = await pauses.pauseOnAccountRefusal(provider, category);
  if (pause !== undefined) await after.notices.providerPaused(task.guildId, pause);
}
