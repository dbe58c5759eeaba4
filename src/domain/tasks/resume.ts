import type { Stage, Task } from './task.ts';

/**
 * What the stage of a task found unfinished at start-up has become; the same stage: it goes on.
 * A create that was being sent may have been billed, so it is never sent again by itself.
 */
export function stageAtStart(task: Task, nowMs: number, isRouteOn: boolean): Stage {
  const { stage, secrets } = task;
  switch (stage.name) {
    case 'acknowledging':
      return telling('never-began', nowMs);
    case 'submitting':
      return telling('outcome-unknown', nowMs);
    case 'queued':
      if (!isRouteOn) return telling('route-gone', nowMs);
      return secrets.submission === undefined ? telling('prompt-lost', nowMs) : stage;
    case 'running':
      return isRouteOn ? stage : telling('route-gone', nowMs, stage.providerTaskId);
    case 'delivering':
      if (secrets.resultUrl !== undefined) return stage;
      // The address was sealed with a key that is gone: the provider tells it again.
      return {
        name: 'running',
        providerTaskId: stage.providerTaskId,
        submittedAt: stage.finishedAt,
        faults: 0,
      };
    case 'telling':
    case 'ended':
      return stage;
  }
}

function telling(
  kind: 'never-began' | 'outcome-unknown' | 'route-gone' | 'prompt-lost',
  since: number,
  providerTaskId?: string,
): Stage {
  return {
    name: 'telling',
    outcome: { kind },
    since,
    attempts: 0,
    ...(providerTaskId === undefined ? {} : { providerTaskId }),
  };
}
