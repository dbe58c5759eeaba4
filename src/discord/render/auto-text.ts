import type { Catalogue } from '../../domain/routes/catalogue.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Messages } from '../messages/en.ts';
import { routeNameIn } from './route-summary.ts';

/** Why `auto` makes a task with this model; `undefined` if its member chose the model. */
export function autoText(
  { plan }: Pick<Task, 'plan'>,
  catalogue: Catalogue,
  { modelChoice: { auto: words } }: Messages,
): string | undefined {
  if (plan.auto === undefined) return undefined;
  const { by, of } = plan.auto;
  const current = plan.routes[plan.current];
  const before = plan.routes[plan.current - 1];
  if (before === undefined || current?.because === undefined) {
    const isUnpriced = plan.routes[0].quote.kind === 'unknown';
    return isUnpriced ? words.unpriced[by](of) : words.chosen[by](of);
  }
  return words.instead[current.because](routeNameIn(catalogue, before.route));
}
