import type { Outcome } from './outcome.ts';
import { currentRoute } from './plan.ts';
import type { Stage, Task } from './task.ts';

type RouteRemoval = Extract<Outcome, { kind: 'route-removed' | 'removed-unsent' }>;

/**
 * How a waiting task ends whose route or provider was removed. Only one of which no create has ever
 * left to that route is released: an earlier create may have been answered "busy". What was sent to
 * routes before was certainly refused, or the task would not have left them.
 */
export function routeRemoval({
  plan,
  stage,
  attempts,
}: Pick<Task, 'plan' | 'stage' | 'attempts'>): RouteRemoval {
  const { route } = currentRoute({ plan });
  const wasSent =
    attempts.length === 0
      ? createsIn(stage) > 0
      : attempts.some((one) => one.route === route && one.outcome !== 'not-sent');
  return { kind: wasSent ? 'route-removed' : 'removed-unsent' };
}

/** Tasks of schema 1 have no recorded attempts. */
function createsIn(stage: Stage): number {
  return stage.name === 'queued' ? stage.creates : 0;
}
