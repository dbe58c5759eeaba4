import type { Attempt } from './attempt.ts';
import type { Outcome } from './outcome.ts';
import { currentRoute } from './plan.ts';
import type { RouteState } from './route-state.ts';
import type { Stage, Task } from './task.ts';

type RouteRemoval = Extract<Outcome, { kind: 'route-removed' | 'removed-unsent' }>;

/** Answers to a create by which the provider certainly made nothing. */
const CERTAIN_NOES: ReadonlySet<Attempt['outcome']> = new Set([
  'not-sent',
  'busy',
  'assets-unready',
]);

/**
 * How a waiting task ends whose route this process does not know. Of a route that was removed only one
 * of which no create has ever left to that route is released: an earlier create may have been answered
 * "busy". What was sent to routes before was certainly refused, or the task would not have left them. Of
 * a route that others may know nothing is held that was certainly not made.
 */
export function routeRemoval(
  { plan, stage, attempts }: Pick<Task, 'plan' | 'stage' | 'attempts'>,
  state: RouteState,
): RouteRemoval {
  const current = currentRoute({ plan }).route;
  const isElsewhere = state === 'elsewhere';
  const isNo = ({ outcome }: Attempt): boolean =>
    isElsewhere ? CERTAIN_NOES.has(outcome) : outcome === 'not-sent';
  const wasSent =
    attempts.length === 0
      ? !isElsewhere && createsIn(stage) > 0
      : attempts.some((one) => one.route === current && !isNo(one));
  return { kind: wasSent ? 'route-removed' : 'removed-unsent' };
}

/** Tasks of schema 1 have no recorded attempts; what waits was answered "busy". */
function createsIn(stage: Stage): number {
  return stage.name === 'queued' ? stage.creates : 0;
}
