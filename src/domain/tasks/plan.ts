import { z } from 'zod';
import { quoteSchema } from '../ledger/quote.ts';
import type { Quote } from '../ledger/quote.ts';

/** A route that may make the video, with what people are shown of the request; no secrets. */
const plannedRouteSchema = z.object({
  /** Not an enum: a route may be gone when an old task is read. */
  route: z.string(),
  durationSeconds: z.number(),
  resolution: z.string(),
  ratio: z.string().optional(),
  /** Frozen when the task was accepted. */
  quote: quoteSchema,
});
export type PlannedRoute = Readonly<z.output<typeof plannedRouteSchema>>;

/** The routes by which a task may be made, in order, and which of them it is at. */
export const planSchema = z.object({
  routes: z.tuple([plannedRouteSchema], plannedRouteSchema),
  current: z.int().nonnegative(),
});
type Plan = Readonly<z.output<typeof planSchema>>;

/** Whatever has a plan. */
export interface Planned {
  readonly plan: Plan;
}

/** A plan of one route. */
export function planOf(route: PlannedRoute): Plan {
  return { routes: [route], current: 0 };
}

/** The route that makes the task, or is to. */
export function currentRoute({ plan }: Planned): PlannedRoute {
  return plan.routes[plan.current] ?? plan.routes[0];
}

export function quoteOf(task: Planned): Quote {
  return currentRoute(task).quote;
}

export function providerOf(task: Planned): string {
  return currentRoute(task).route.split('/')[0] ?? '';
}
