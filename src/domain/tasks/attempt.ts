import { z } from 'zod';
import { instantSchema } from '../instant.ts';
import { microsSchema } from '../ledger/money.ts';
import type { Micros } from '../ledger/money.ts';
import type { CreateOutcome } from './provider-answer.ts';
import { currentRoute } from './plan.ts';
import type { Planned } from './plan.ts';

/** One attempt to create a task at a provider. */
export const attemptSchema = z.object({
  route: z.string(),
  at: instantSchema,
  /** What the answer meant; `undefined` without an answer. */
  outcome: z
    .enum(['created', 'refused', 'busy', 'assets-unready', 'not-sent', 'wrong-address', 'unknown'])
    .optional(),
  providerTaskId: z.string().optional(),
  /** The model that the answer named, if it was another than was sent; in the provider's words. */
  otherModel: z.string().optional(),
  /** What the provider charges for it; `undefined` while that is not known. */
  cost: microsSchema.optional(),
});
export type Attempt = Readonly<z.output<typeof attemptSchema>>;

type Attempted = Planned & { readonly attempts: readonly Attempt[] };

/** Adds an attempt by the task's current route, before it is sent. */
export function withAttempt(task: Attempted, at: number): Attempt[] {
  return [...task.attempts, { route: currentRoute(task).route, at }];
}

/** Records the answer to the last attempt. */
export function withAnswer(attempts: readonly Attempt[], answer: CreateOutcome): Attempt[] {
  return changeLast(attempts, {
    outcome: answer.kind,
    ...(answer.kind === 'created' ? createdOf(answer) : {}),
  });
}

function createdOf({ providerTaskId, otherModel }: Extract<CreateOutcome, { kind: 'created' }>) {
  return otherModel === undefined ? { providerTaskId } : { providerTaskId, otherModel };
}

/** The model that the provider named in place of the one that was sent; `undefined` as a rule. */
export function otherModelOf({ attempts }: Pick<Attempted, 'attempts'>): string | undefined {
  return attempts.at(-1)?.otherModel;
}

/** Records what the last attempt became, whose answer never came; its task was found by this id. */
export function withFound(attempts: readonly Attempt[], providerTaskId: string): Attempt[] {
  return changeLast(attempts, { outcome: 'created', providerTaskId });
}

/** Records the cost of the last attempt. */
export function withCost(attempts: readonly Attempt[], cost: Micros): Attempt[] {
  return changeLast(attempts, { cost });
}

function changeLast(attempts: readonly Attempt[], change: Partial<Attempt>): Attempt[] {
  const last = attempts.at(-1);
  // Tasks of schema 1 have no recorded attempts.
  return last === undefined ? [] : [...attempts.slice(0, -1), { ...last, ...change }];
}
