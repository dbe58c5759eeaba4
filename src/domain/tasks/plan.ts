import { z } from 'zod';
import { AUTO_REASONS } from '../auto/auto.ts';
import { quoteSchema } from '../ledger/quote.ts';
import type { Quote } from '../ledger/quote.ts';

/** Why an `auto` task left a route for the next one. */
export const SWITCH_REASONS = [
  'busy',
  'unreachable',
  'wrong-address',
  'refused',
  'paused',
] as const;
export type SwitchReason = (typeof SWITCH_REASONS)[number];

/** A route that may make the video, with the displayed parts of the request; no secrets. */
const plannedRouteSchema = z.object({
  /** Not an enum: the route of an old task may have been removed. */
  route: z.string(),
  durationSeconds: z.number(),
  resolution: z.string(),
  ratio: z.string().optional(),
  /** Fixed when the task was accepted. */
  quote: quoteSchema,
  /** Why the route before this one did not make the video; `undefined` of the first. */
  because: z.enum(SWITCH_REASONS).optional(),
});
export type PlannedRoute = Readonly<z.output<typeof plannedRouteSchema>>;

/** How `auto` chose a route. */
export const autoChoiceSchema = z.object({
  by: z.enum(AUTO_REASONS),
  /** Of how many routes that were the same in what was compared before. */
  of: z.int().positive(),
});
export type AutoChoice = Readonly<z.output<typeof autoChoiceSchema>>;

/**
 * The routes of a task, in the order in which they were tried, and the index of the current one. Only
 * `auto` has more than one.
 */
export const planSchema = z.object({
  routes: z.tuple([plannedRouteSchema], plannedRouteSchema),
  current: z.int().nonnegative(),
  /** How the first route was chosen, if the member left that to the bot; `undefined` if not. */
  auto: autoChoiceSchema.optional(),
});
export type Plan = Readonly<z.output<typeof planSchema>>;

/** Anything with a plan. */
export interface Planned {
  readonly plan: Plan;
}

/** A plan of one route. */
export function planOf(route: PlannedRoute, auto?: AutoChoice): Plan {
  return { routes: [route], current: 0, ...(auto === undefined ? {} : { auto }) };
}

/** The plan with one route more, which is the current one from now on. */
export function withNextRoute(plan: Plan, next: PlannedRoute): Plan {
  return { ...plan, routes: [...plan.routes, next], current: plan.routes.length };
}

export function isAuto({ plan }: Planned): boolean {
  return plan.auto !== undefined;
}

/** The route that makes the task or will make it. */
export function currentRoute({ plan }: Planned): PlannedRoute {
  return plan.routes[plan.current] ?? plan.routes[0];
}

export function quoteOf(task: Planned): Quote {
  return currentRoute(task).quote;
}

export function providerOf(task: Planned): string {
  return providerOfRoute(currentRoute(task));
}

export function providerOfRoute({ route }: Pick<PlannedRoute, 'route'>): string {
  return route.split('/')[0] ?? '';
}
