import { z } from 'zod';
import { needSchema } from './amounts.ts';
import type { Need } from './amounts.ts';
import type { Micros } from './money.ts';

/**
 * The state of a task's money and the amounts it counts for. It is part of the task's record, so
 * that repeating a step has no effect.
 */
export const taskMoneySchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none') }),
  z.strictObject({ state: z.literal('reserved'), amounts: needSchema }),
  /** Counts as spent until an admin, the operator or a late answer of the provider resolves it. */
  z.strictObject({ state: z.literal('held'), amounts: needSchema }),
  /** `assumed`: at our own sum, without what the provider should have said, or a file. */
  z.strictObject({
    state: z.literal('settled'),
    amounts: needSchema,
    assumed: z.literal(true).optional(),
  }),
  /** `assumed`: probably not charged, but no provider document says so. */
  z.strictObject({ state: z.literal('released'), assumed: z.boolean() }),
]);
export type TaskMoney = Readonly<z.output<typeof taskMoneySchema>>;

/** An event for a task's money. A missing cost means unknown. */
export type MoneyStep =
  | { readonly kind: 'reserve'; readonly need: Need }
  /** Another route makes the task, for no more than was reserved. */
  | { readonly kind: 'reserve-less'; readonly need: Need }
  | { readonly kind: 'settle'; readonly cost?: Micros; readonly assumed?: true }
  | { readonly kind: 'release'; readonly assumed: boolean }
  /**
   * `reported`: the cost the provider reported, as far as it is plausible; the operator's budget counts
   * it.
   */
  | { readonly kind: 'hold'; readonly reported?: Micros };

export const NO_MONEY: TaskMoney = { state: 'none' };

/**
 * The money after a step. Returns the same object if the step is repeated, late or does not apply.
 */
export function nextMoney(before: TaskMoney, step: MoneyStep): TaskMoney {
  if (step.kind === 'reserve') {
    return before.state === 'none' ? { state: 'reserved', amounts: step.need } : before;
  }
  if (step.kind === 'reserve-less') {
    return before.state === 'reserved' ? { state: 'reserved', amounts: step.need } : before;
  }
  if (before.state !== 'reserved' && before.state !== 'held') return before;
  if (step.kind === 'settle') {
    const settled = { state: 'settled', amounts: withCost(before.amounts, step.cost) } as const;
    return step.assumed === true ? { ...settled, assumed: true } : settled;
  }
  if (step.kind === 'release') return { state: 'released', assumed: step.assumed };
  return before.state === 'held' ? before : { state: 'held', amounts: before.amounts };
}

function withCost({ videos, seconds }: Need, cost: Micros | undefined): Need {
  return cost === undefined ? { videos, seconds } : { videos, seconds, cost };
}
