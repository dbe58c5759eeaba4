import { needOf } from '../ledger/amounts.ts';
import { moveBothSides } from '../ledger/money-sides.ts';
import { withNextRoute } from '../tasks/plan.ts';
import type { PlannedRoute } from '../tasks/plan.ts';
import type { Task } from '../tasks/task.ts';

/**
 * The task on its next route, with that route's price reserved. Its media are not known to lie in
 * that provider's library; what it used of another one's ends with the task.
 */
export function onNextRoute(task: Task, next: PlannedRoute): Task {
  const { assets: _, ...rest } = task;
  const need = needOf(next.durationSeconds, next.quote);
  return {
    ...rest,
    plan: withNextRoute(task.plan, next),
    ...moveBothSides(task, { kind: 'reserve-less', need }),
  };
}
