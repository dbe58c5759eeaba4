import { z } from 'zod';
import { isAhead } from '../recorded-times.ts';
import { MEASURES } from './amounts.ts';
import type { Measure } from './amounts.ts';
import { naturalSchema } from './natural.ts';
import type { Rule } from './rules.ts';
import { WINDOW_KINDS, windowKeySchema } from './windows.ts';
import type { WindowKeys, WindowKind } from './windows.ts';

/**
 * What an admin granted one member beyond the limits of a measure, in one window. It ends with that
 * window; one of `total` never ends.
 */
export const grantSchema = z.strictObject({
  memberId: z.string().min(1),
  measure: z.enum(MEASURES),
  window: z.enum(WINDOW_KINDS),
  windowKey: windowKeySchema,
  /** Videos, seconds, or micros for `cost`. */
  amount: naturalSchema,
});
export type Grant = Readonly<z.output<typeof grantSchema>>;

/** How much of which measure a member is granted. */
export interface GrantedAmount {
  readonly memberId: string;
  readonly measure: Measure;
  readonly amount: bigint;
}

/** The grants of windows that are open now. */
export function openGrants(grants: readonly Grant[], open: WindowKeys): Grant[] {
  return grants.filter(({ window, windowKey }) => windowKey === open[window]);
}

/**
 * Adds an amount to what the member is granted in each of these windows. Grants of windows that
 * ended are removed.
 */
export function addGrant(
  grants: readonly Grant[],
  { memberId, measure, amount }: GrantedAmount,
  windows: readonly WindowKind[],
  open: WindowKeys,
): Grant[] {
  const isRaised = (grant: Grant): boolean =>
    grant.memberId === memberId && grant.measure === measure && windows.includes(grant.window);
  const kept = openGrants(grants, open);
  return [
    ...kept.filter((grant) => !isRaised(grant)),
    ...windows.map((window) => ({
      memberId,
      measure,
      window,
      windowKey: open[window],
      amount: amount + grantedIn(kept, memberId, { measure, window }),
    })),
  ];
}

/** What a member is granted by these open grants, for one measure and kind of window. */
export function grantedIn(
  open: readonly Grant[],
  memberId: string,
  { measure, window }: Pick<Rule, 'measure' | 'window'>,
): bigint {
  return open
    .filter(
      (grant) =>
        grant.memberId === memberId && grant.measure === measure && grant.window === window,
    )
    .reduce((sum, { amount }) => sum + amount, 0n);
}

/** A rule as it counts for one member: its limit is raised by what the member is granted. */
export interface RaisedRule {
  readonly rule: Rule;
  readonly granted: bigint;
}

/** Grants raise each member's own limits, never the server's, which all members share. */
export function raiseRule(rule: Rule, open: readonly Grant[], memberId: string): RaisedRule {
  const granted = rule.subject.kind === 'guild' ? 0n : grantedIn(open, memberId, rule);
  return { rule: granted === 0n ? rule : { ...rule, limit: rule.limit + granted }, granted };
}

/** Drops grants of windows that lie in the future: a wrong clock made them. */
export function repairGrants(grants: readonly Grant[], nowMs: number): Grant[] {
  return grants.filter(({ windowKey }) => !isAhead(Date.parse(windowKey), nowMs));
}
