import { routeRemoval } from './route-removal.ts';
import type { RouteState } from './route-state.ts';
import type { Stage, Task } from './task.ts';
import { isReadable } from './task-request.ts';

/**
 * The stage of an unfinished task after a restart; the same object if it continues unchanged. A create
 * that was being sent may have been billed, so it is never repeated automatically. What runs needs its
 * provider alone.
 */
// oxlint-disable-next-line complexity -- one case per stage
export function stageAtStart(task: Task, nowMs: number, route: RouteState): Stage {
  const { stage, secrets } = task;
  switch (stage.name) {
    case 'acknowledging':
      return notifying('not-started', nowMs);
    case 'submitting':
      return notifying('outcome-unknown', nowMs);
    case 'queued':
    case 'preparing':
      if (route !== 'on') return notifying(routeRemoval(task, route).kind, nowMs);
      return isReadable(task) ? stage : notifying('prompt-unreadable', nowMs);
    case 'running':
      return route === 'gone' ? notifying('route-removed', nowMs, stage.providerTaskId) : stage;
    case 'delivering':
      if (secrets.resultUrl !== undefined) return stage;
      // The address was sealed with a lost key: it is requested from the provider again.
      return {
        name: 'running',
        providerTaskId: stage.providerTaskId,
        submittedAt: stage.finishedAt,
        faults: 0,
      };
    case 'notifying':
    case 'ended':
      return stage;
  }
}

function notifying(
  kind:
    | 'not-started'
    | 'outcome-unknown'
    | 'route-removed'
    | 'removed-unsent'
    | 'prompt-unreadable',
  since: number,
  providerTaskId?: string,
): Stage {
  return {
    name: 'notifying',
    outcome: { kind },
    since,
    attempts: 0,
    ...(providerTaskId === undefined ? {} : { providerTaskId }),
  };
}
