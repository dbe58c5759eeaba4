import { moneyAtStage } from '../../domain/tasks/money-at-stage.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { AcceptVideoDeps } from './accept-deps.ts';

/** Ends a task that did not start, without notifying anyone. */
export async function endUnstarted(deps: AcceptVideoDeps, task: Task): Promise<void> {
  const stage = {
    name: 'ended',
    outcome: { kind: 'not-started' },
    endedAt: deps.clock.now(),
    notified: false,
  } as const;
  try {
    await deps.store.end({ ...task, stage, ...moneyAtStage(task, stage) }, task);
    deps.active.remove(task.id);
  } catch (cause) {
    deps.log.error({ err: cause, taskId: task.id }, 'task that did not start could not be ended');
    deps.handOver(task);
  }
}
