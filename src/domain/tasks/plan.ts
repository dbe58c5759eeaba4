import { z } from 'zod';
import { quoteSchema } from '../ledger/quote.ts';
import type { Quote } from '../ledger/quote.ts';

/** A route that may make the video, with the displayed parts of the request; no secrets. */
const plannedRouteSchema = z.object({
  /** Not an enum: the route of an old task may have been removed. */
  route: z.string(),
  durationSeconds: z.number(),
  resolution: z.string(),
  ratio: z.string().optional(),
  /** Fixed when the task was accepted. */
  quote: quoteSchema,
});
export type PlannedRoute = Readonly<z.output<typeof plannedRouteSchema>>;

/** The routes that may make a task, in order, and the index of the current one. */
export const planSchema = z.object({
  routes: z.tuple([plannedRouteSchema], plannedRouteSchema),
  current: z.int().nonnegative(),
});
type Plan = Readonly<z.output<typeof planSchema>>;

/** Anything with a plan. */
export interface Planned {
  readonly plan: Plan;
}

/** A plan of one route. */
export function planOf(route: PlannedRoute): Plan {
  return { routes: [route], current: 0 };
}

/** The route that makes the task or will make it. */
export function currentRoute({ plan }: Planned): PlannedRoute {
  return plan.routes[plan.current] ?? plan.routes[0];
}

export function quoteOf(task: Planned): Quote {
  return currentRoute(task).quote;
}

export function providerOf(task: Planned): string {
  return currentRoute(task).route.split('/')[0] ?? '';
}
