import { z } from 'zod';
import { instantSchema } from '../instant.ts';
import { microsSchema } from '../ledger/money.ts';
import type { Micros } from '../ledger/money.ts';
import type { CreateOutcome } from './provider-answer.ts';
import { currentRoute } from './plan.ts';
import type { Planned } from './plan.ts';

/** One create of a task at a provider. */
export const attemptSchema = z.object({
  route: z.string(),
  at: instantSchema,
  /** What its answer meant; absent: it has not been answered, or was cut before. */
  outcome: z
    .enum(['created', 'refused', 'busy', 'not-sent', 'wrong-address', 'unknown'])
    .optional(),
  providerTaskId: z.string().optional(),
  /** What the provider charges for it, as far as that is known. */
  cost: microsSchema.optional(),
});
export type Attempt = Readonly<z.output<typeof attemptSchema>>;

type Attempted = Planned & { readonly attempts: readonly Attempt[] };

/** The attempts of a task that is about to be sent by its current route. */
export function withAttempt(task: Attempted, at: number): Attempt[] {
  return [...task.attempts, { route: currentRoute(task).route, at }];
}

/** The attempts once the last one has been answered. */
export function withAnswer(attempts: readonly Attempt[], answer: CreateOutcome): Attempt[] {
  return changeLast(attempts, {
    outcome: answer.kind,
    ...(answer.kind === 'created' ? { providerTaskId: answer.providerTaskId } : {}),
  });
}

/** The attempts once the cost of the last one is known. */
export function withCost(attempts: readonly Attempt[], cost: Micros): Attempt[] {
  return changeLast(attempts, { cost });
}

function changeLast(attempts: readonly Attempt[], change: Partial<Attempt>): Attempt[] {
  const last = attempts.at(-1);
  // Attempts of schema 1 were not kept.
  return last === undefined ? [] : [...attempts.slice(0, -1), { ...last, ...change }];
}
