import type { HoldEnd } from '../app/hold-actions.ts';
import { snowflakeSchema } from '../domain/tasks/snowflake.ts';

export type HoldsCommand =
  | { readonly kind: 'list' }
  | { readonly kind: 'restored' }
  | { readonly kind: 'end'; readonly taskId: string; readonly end: HoldEnd };

/** Parses the arguments; `undefined` if they are wrong, so that the usage is printed. */
export function readArguments(given: readonly string[]): HoldsCommand | undefined {
  const [verb, taskId, ...rest] = given;
  if (verb === undefined) return { kind: 'list' };
  if (verb === 'restored' && taskId === undefined) return { kind: 'restored' };
  if (taskId === undefined || !snowflakeSchema.safeParse(taskId).success) return undefined;
  if (verb === 'release' && rest.length === 0) {
    return { kind: 'end', taskId, end: { kind: 'release' } };
  }
  if (verb !== 'settle' || rest.length > 2) return undefined;
  // `0.90 USD` may be given without quotes, as two arguments.
  const amount = rest.join(' ');
  if (rest.length === 0) return { kind: 'end', taskId, end: { kind: 'settle-at-quote' } };
  return amount.length > 60 ? undefined : { kind: 'end', taskId, end: { kind: 'settle', amount } };
}
