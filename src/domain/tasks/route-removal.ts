import type { Outcome } from './outcome.ts';
import type { Stage, Task } from './task.ts';

type RouteRemoval = Extract<Outcome, { kind: 'route-removed' | 'removed-unsent' }>;

/**
 * How a waiting task ends whose route or provider was removed. Only one of which no create has ever
 * left is released: an earlier create may have been answered "busy".
 */
export function routeRemoval({ stage, attempts }: Pick<Task, 'stage' | 'attempts'>): RouteRemoval {
  const wasSent = createsIn(stage) > 0 || attempts.some(({ outcome }) => outcome !== 'not-sent');
  return { kind: wasSent ? 'route-removed' : 'removed-unsent' };
}

/** Tasks of schema 1 have no recorded attempts. */
function createsIn(stage: Stage): number {
  return stage.name === 'queued' ? stage.creates : 0;
}
