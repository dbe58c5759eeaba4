import { z } from 'zod';
import { needSchema } from './amounts.ts';
import type { Need } from './amounts.ts';
import type { Micros } from './money.ts';

/**
 * Where the money of one task stands, with what it counts for. It is kept in the task's own record:
 * a step that was made already finds it made, and changes nothing a second time.
 */
export const taskMoneySchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none') }),
  z.strictObject({ state: z.literal('reserved'), amounts: needSchema }),
  /** Counts as spent until an admin or the provider's late answer ends it. */
  z.strictObject({ state: z.literal('held'), amounts: needSchema }),
  z.strictObject({ state: z.literal('settled'), amounts: needSchema }),
  /** `assumed`: no document says that the provider does not charge for it. */
  z.strictObject({ state: z.literal('released'), assumed: z.boolean() }),
]);
export type TaskMoney = Readonly<z.output<typeof taskMoneySchema>>;

/** What happens to the money of a task. An absent cost is unknown. */
export type MoneyStep =
  | { readonly kind: 'reserve'; readonly need: Need }
  | { readonly kind: 'settle'; readonly cost?: Micros }
  | { readonly kind: 'release'; readonly assumed: boolean }
  /** `told`: what the provider told, so far as it is believed; the operator's ceiling counts it. */
  | { readonly kind: 'hold'; readonly told?: Micros };

export const NO_MONEY: TaskMoney = { state: 'none' };

/** The money after a step; the same object where the step is repeated, late or out of place. */
export function nextMoney(before: TaskMoney, step: MoneyStep): TaskMoney {
  if (step.kind === 'reserve') {
    return before.state === 'none' ? { state: 'reserved', amounts: step.need } : before;
  }
  if (before.state !== 'reserved' && before.state !== 'held') return before;
  if (step.kind === 'settle') {
    return { state: 'settled', amounts: withCost(before.amounts, step.cost) };
  }
  if (step.kind === 'release') return { state: 'released', assumed: step.assumed };
  return before.state === 'held' ? before : { state: 'held', amounts: before.amounts };
}

function withCost({ videos, seconds }: Need, cost: Micros | undefined): Need {
  return cost === undefined ? { videos, seconds } : { videos, seconds, cost };
}
