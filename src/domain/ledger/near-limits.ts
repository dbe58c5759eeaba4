import { MEASURES } from './amounts.ts';
import type { Usage } from './amounts.ts';
import { openGrants, raiseRule } from './grants.ts';
import type { Grant } from './grants.ts';
import { personalRules } from './personal-rules.ts';
import type { Rule } from './rules.ts';
import { keysOf } from './windows.ts';
import type { Windows } from './windows.ts';

/** From this part of a limit on, a member is near it. */
const NEAR_PERCENT = 80n;

/** A member's limit, with what was granted, and how much of it is used. */
export interface NearLimit {
  readonly rule: Rule;
  readonly used: bigint;
}

/**
 * The limits of a member that are nearly or wholly used up; a limit of 0 is none to come near to.
 * Roles are not known here, so only the member's own limits and those for everyone are compared.
 */
export function nearLimits(
  guild: {
    readonly id: string;
    readonly rules: readonly Rule[];
    readonly grants: readonly Grant[];
  },
  memberId: string,
  usage: Usage,
  windows: Windows,
): NearLimit[] {
  const open = openGrants(guild.grants, keysOf(windows));
  return MEASURES.flatMap((measure) =>
    personalRules(guild.id, guild.rules, measure, { id: memberId, roleIds: [] }),
  ).flatMap((stored) => {
    const { rule } = raiseRule(stored, open, memberId);
    const used = usage[rule.window][rule.measure];
    return rule.limit > 0n && used * 100n >= rule.limit * NEAR_PERCENT ? [{ rule, used }] : [];
  });
}
