import type { CancelAnswer, Canceller } from '../../app/ports/cancel-port.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { endWith } from '../../domain/tasks/transitions.ts';
import { advance } from './advance.ts';
import type { AdvanceDeps } from './advance.ts';
import type { WorkerDeps } from '../worker-deps.ts';

type CancelDeps = AdvanceDeps &
  Pick<WorkerDeps, 'assets' | 'clock' | 'liveState' | 'active' | 'log'>;

/** Cancels a task if it is still waiting for its create; no step of it may run. */
export async function cancelStep(
  deps: CancelDeps,
  taskId: string,
  by: Canceller,
): Promise<CancelAnswer> {
  const task = await deps.store.get(taskId);
  if (task?.guildId !== by.guildId) return 'gone';
  if (!mayCancel(task, by)) return 'of-another';
  switch (task.stage.name) {
    case 'queued':
    case 'preparing': {
      const { stage } = endWith({ kind: 'cancelled' }, deps.clock.now());
      const next = await advance(deps, task, stage);
      deps.liveState.record(next, task);
      deps.active.remove(taskId);
      deps.assets.release(next);
      deps.log.info({ taskId, byCaller: task.memberId === by.memberId }, 'task cancelled');
      return 'cancelled';
    }
    case 'acknowledging':
    case 'submitting':
    case 'running':
    case 'delivering':
      return 'sent';
    case 'notifying':
    case 'ended':
      return 'gone';
  }
}

function mayCancel(
  { memberId, address }: Task,
  { memberId: byId, channelId, managesMessages }: Canceller,
): boolean {
  return byId === memberId || (managesMessages && channelId === address.channelId);
}
