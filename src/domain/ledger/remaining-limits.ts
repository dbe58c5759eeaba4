import { MEASURES } from './amounts.ts';
import type { QuotaRequest } from './decide.ts';
import { openGrants, raiseRule } from './grants.ts';
import { personalRules } from './personal-rules.ts';
import type { Rule } from './rules.ts';
import { keysOf } from './windows.ts';

/** A limit that holds for a member, with what was granted, and what is left of it. */
export interface RemainingLimit {
  readonly rule: Rule;
  /** In the rule's measure, never negative. */
  readonly left: bigint;
}

/** What is left of every limit that holds for a member; the server's come first in each measure. */
export function remainingLimits({
  guildId,
  rules,
  grants,
  member,
  usage,
  windows,
}: Omit<QuotaRequest, 'need'>): RemainingLimit[] {
  const open = openGrants(grants, keysOf(windows));
  return MEASURES.flatMap((measure) => [
    ...rules.filter((rule) => rule.measure === measure && rule.subject.kind === 'guild'),
    ...personalRules(guildId, rules, measure, member),
  ]).map((stored) => {
    const { rule } = raiseRule(stored, open, member.id);
    const sums = rule.subject.kind === 'guild' ? usage.guild : usage.member;
    const used = sums[rule.window][rule.measure];
    return { rule, left: rule.limit > used ? rule.limit - used : 0n };
  });
}
