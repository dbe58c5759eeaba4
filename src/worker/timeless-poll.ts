import { withinBounds } from '../domain/durations/poll-plan.ts';
import { backoffMs } from '../domain/tasks/policy.ts';
import type { StageOf, Task } from '../domain/tasks/task.ts';
import { providerFor } from './worker-deps.ts';
import type { WorkerDeps } from './worker-deps.ts';

/**
 * Polls a running task while the time is unknown. It uses only relative waits and writes nothing,
 * because it could not date it. Resolves with the wait until the next poll in milliseconds, or with
 * `undefined` if the task has ended, which the first poll with a known time then finds.
 */
export async function timelessPoll(
  deps: Pick<
    WorkerDeps,
    | 'catalogue'
    | 'mayLackRoutes'
    | 'providers'
    | 'signals'
    | 'durations'
    | 'policy'
    | 'random'
    | 'log'
  >,
  task: Task,
  { providerTaskId }: StageOf<'running'>,
  polls: number,
): Promise<number | undefined> {
  const provider = providerFor(deps, task);
  if (provider === undefined) return undefined;
  const answer = await provider.query(providerTaskId, deps.signals.polls);
  deps.log.info(
    { taskId: task.id, answer: answer.kind },
    'task polled; Discord has not told the time yet',
  );
  const { bounds } = deps.durations.of(task).plan;
  const wait = backoffMs(deps.policy.faultBackoff, polls, deps.random);
  switch (answer.kind) {
    case 'finished':
    case 'failed':
      return undefined;
    case 'busy':
      return answer.retryAfterMs ?? wait;
    case 'pending':
      return withinBounds(bounds, wait);
    // What the operator sets for polls does not bound the wait after a fault.
    case 'fault':
    case 'missing':
      return wait;
  }
}
