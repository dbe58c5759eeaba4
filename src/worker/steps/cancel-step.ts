import type { CancelAnswer, Canceller } from '../../app/ports/cancel-port.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { endWith } from '../../domain/tasks/transitions.ts';
import { advance } from './advance.ts';
import { cancelAtProvider } from './cancel-at-provider.ts';
import type { CancelAtProviderDeps } from './cancel-at-provider.ts';
import { providerFor } from '../worker-deps.ts';
import type { WorkerDeps } from '../worker-deps.ts';

type CancelDeps = CancelAtProviderDeps & Pick<WorkerDeps, 'assets' | 'active' | 'mayLackRoutes'>;

/** What came of a cancellation, and the task if its next step is due at once. */
export interface CancelResult {
  readonly answer: CancelAnswer;
  readonly next?: Task;
}

/** Cancels a task that waits for its create, or at its provider; no step of it may run. */
export async function cancelStep(
  deps: CancelDeps,
  taskId: string,
  by: Canceller,
): Promise<CancelResult> {
  const task = await deps.store.get(taskId);
  if (task?.guildId !== by.guildId) return { answer: 'gone' };
  if (!mayCancel(task, by)) return { answer: 'of-another' };
  switch (task.stage.name) {
    case 'queued':
    case 'preparing': {
      const { stage } = endWith({ kind: 'cancelled' }, deps.clock.now());
      const next = await advance(deps, task, stage);
      deps.liveState.record(next, task);
      deps.active.remove(taskId);
      deps.assets.release(next);
      deps.log.info({ taskId, byCaller: task.memberId === by.memberId }, 'task cancelled');
      return { answer: 'cancelled', next };
    }
    case 'running':
      return cancelRunning(deps, task);
    case 'acknowledging':
    case 'submitting':
    case 'delivering':
      return { answer: 'sent' };
    case 'notifying':
    case 'ended':
      return { answer: 'gone' };
  }
}

/** A click that comes too late still has the task polled, which removes its button. */
async function cancelRunning(deps: CancelDeps, stored: Task): Promise<CancelResult> {
  const task = deps.liveState.withLiveState(stored);
  const provider = providerFor(deps, task);
  if (task.stage.name !== 'running' || provider?.cancel === undefined) return { answer: 'sent' };
  return { answer: await cancelAtProvider(deps, provider, task, task.stage), next: stored };
}

function mayCancel(
  { memberId, address }: Task,
  { memberId: byId, channelId, managesMessages }: Canceller,
): boolean {
  return byId === memberId || (managesMessages && channelId === address.channelId);
}
