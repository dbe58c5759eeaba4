import { setTimeout as wait } from 'node:timers/promises';
import type { Task } from '../domain/tasks/task.ts';
import { backoffMs } from '../domain/tasks/policy.ts';
import type { WorkerDeps } from './worker-deps.ts';

const INSIST_BACKOFF = { firstMs: 50, maxMs: 5000 };

/**
 * Writes what must not be forgotten — a provider's task number, say — and tries again for as long
 * as the process may: it is known nowhere else. Throws when the stop's patience is over.
 */
export async function insistOnSaving(deps: WorkerDeps, task: Task): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one attempt after the other
      await deps.store.save(task);
      return;
    } catch (cause) {
      if (deps.signals.sends.aborted) throw cause;
      deps.log.error(
        { err: cause, taskId: task.id, tries },
        'task could not be written; trying again',
      );
      // oxlint-disable-next-line no-await-in-loop
      await wait(backoffMs(INSIST_BACKOFF, tries, deps.random), undefined, {
        signal: deps.signals.sends,
      });
    }
  }
}
