import type { HoldEnd } from '../app/hold-actions.ts';
import { snowflakeSchema } from '../domain/tasks/age.ts';

export const USAGE = [
  'npm run holds                              lists the charges that nobody has confirmed, over all servers',
  'npm run holds -- settle TASK [AMOUNT]      ends one: it was charged, at its quote or at this amount',
  'npm run holds -- release TASK              ends one: it was not charged',
  'npm run holds -- restored                  on a stopped store out of a snapshot of the whole folder: holds what may have been sent since',
].join('\n');

export type HoldsCommand =
  | { readonly kind: 'list' }
  | { readonly kind: 'restored' }
  | { readonly kind: 'end'; readonly taskId: string; readonly end: HoldEnd };

/** Undefined: anything else, which gets the usage. */
export function readArguments(given: readonly string[]): HoldsCommand | undefined {
  const [verb, taskId, ...rest] = given;
  if (verb === undefined) return { kind: 'list' };
  if (verb === 'restored' && taskId === undefined) return { kind: 'restored' };
  if (taskId === undefined || !snowflakeSchema.safeParse(taskId).success) return undefined;
  if (verb === 'release' && rest.length === 0) {
    return { kind: 'end', taskId, end: { kind: 'release' } };
  }
  if (verb !== 'settle' || rest.length > 2) return undefined;
  // `0.90 USD` may come unquoted, as two words.
  const amount = rest.join(' ');
  if (rest.length === 0) return { kind: 'end', taskId, end: { kind: 'settle-at-quote' } };
  return amount.length > 60 ? undefined : { kind: 'end', taskId, end: { kind: 'settle', amount } };
}
