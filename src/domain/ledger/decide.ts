import { MEASURES } from './amounts.ts';
import type { Measure, Need, Usage } from './amounts.ts';
import { openGrants, raiseRule } from './grants.ts';
import type { Grant } from './grants.ts';
import { checkLimit } from './limit.ts';
import type { LimitReason } from './limit.ts';
import { personalRules } from './personal-rules.ts';
import type { RuledMember } from './personal-rules.ts';
import type { Rule } from './rules.ts';
import { keysOf } from './windows.ts';
import type { Windows } from './windows.ts';

export interface QuotaRequest {
  readonly guildId: string;
  readonly rules: readonly Rule[];
  /** The grants of the guild; only those of this member in the current windows count. */
  readonly grants: readonly Grant[];
  readonly member: RuledMember;
  readonly need: Need;
  /** Usage in the current windows, of the whole guild and of this member. */
  readonly usage: { readonly guild: Usage; readonly member: Usage };
  /** The current windows; their ends are when limits reset. */
  readonly windows: Windows;
}

/** A refusal, with the rule that caused it. */
export interface QuotaRefusal {
  readonly allowed: false;
  readonly reason: LimitReason;
  /** The rule as it counted: its limit includes what was granted. */
  readonly rule: Rule;
  /** How much of the limit was granted to this member; absent if nothing was. */
  readonly granted?: bigint;
  /** In the rule's measure. */
  readonly used: bigint;
  /** In the rule's measure; absent when the price is unknown. */
  readonly need?: bigint;
  /** When the rule's window ends, in milliseconds; absent for `total`, which never ends. */
  readonly resetsAtMs?: number;
}

export type QuotaDecision = { readonly allowed: true } | QuotaRefusal;

/**
 * Whether the rules allow a request. If several refuse, the result names the one that refuses
 * longest: "resets tonight" would be false while the month is used up.
 */
export function decide(request: QuotaRequest): QuotaDecision {
  const open = openGrants(request.grants, keysOf(request.windows));
  const scope = { ...request, grants: open };
  const refusals = MEASURES.flatMap((measure) => [
    ...guildRefusals(scope, measure),
    ...personalRefusals(scope, measure),
  ]);
  return longest(refusals) ?? { allowed: true };
}

function guildRefusals(request: QuotaRequest, measure: Measure): QuotaRefusal[] {
  return refusalsOf(
    request,
    request.rules.filter((rule) => rule.measure === measure && rule.subject.kind === 'guild'),
  );
}

/** Of several roles with rules, the most generous one decides. */
function personalRefusals(request: QuotaRequest, measure: Measure): QuotaRefusal[] {
  const { guildId, member } = request;
  const rules = personalRules(guildId, request.rules, measure, member);
  const byRole = member.roleIds
    .filter((roleId) => roleId !== guildId)
    .map((id) => rules.filter(({ subject }) => subject.kind === 'role' && subject.id === id))
    .filter((ofRole) => ofRole.length > 0);
  return byRole.length > 0 ? mostGenerousRole(request, byRole) : refusalsOf(request, rules);
}

/**
 * Empty if one role allows the request; else the refusal of the role that refuses for the shortest
 * time.
 */
function mostGenerousRole(
  request: QuotaRequest,
  byRole: readonly (readonly Rule[])[],
): QuotaRefusal[] {
  const refusals: QuotaRefusal[] = [];
  for (const rules of byRole) {
    const refusal = longest(refusalsOf(request, rules));
    if (refusal === undefined) return [];
    refusals.push(refusal);
  }
  return refusals.toSorted(compareGenerosity).slice(0, 1);
}

function refusalsOf(request: QuotaRequest, rules: readonly Rule[]): QuotaRefusal[] {
  return rules.flatMap((rule) => {
    const refusal = refusalOf(request, rule);
    return refusal === undefined ? [] : [refusal];
  });
}

function refusalOf(
  { need, usage, windows, grants, member }: QuotaRequest,
  stored: Rule,
): QuotaRefusal | undefined {
  const { rule, granted } = raiseRule(stored, grants, member.id);
  const sums = rule.subject.kind === 'guild' ? usage.guild : usage.member;
  const used = sums[rule.window][rule.measure];
  const needed = need[rule.measure];
  const reason = checkLimit(rule.limit, used, needed);
  if (reason === undefined) return undefined;
  const { endsAtMs } = windows[rule.window];
  return {
    allowed: false,
    reason,
    rule,
    ...(granted === 0n ? {} : { granted }),
    used,
    ...(needed === undefined ? {} : { need: needed }),
    ...(endsAtMs === undefined ? {} : { resetsAtMs: endsAtMs }),
  };
}

/** The refusal that lasts longest; the first one of a tie. */
function longest(refusals: readonly QuotaRefusal[]): QuotaRefusal | undefined {
  return refusals.toSorted((a, b) => compareNumbers(refusesUntilMs(b), refusesUntilMs(a)))[0];
}

/** The shorter refusal first; in a tie, the one that lacks less. */
function compareGenerosity(a: QuotaRefusal, b: QuotaRefusal): number {
  return (
    compareNumbers(refusesUntilMs(a), refusesUntilMs(b)) || compareNumbers(missing(a), missing(b))
  );
}

function refusesUntilMs({ reason, resetsAtMs, need, rule, granted = 0n }: QuotaRefusal): number {
  // A new window does not help if the limit is 0, the price is unknown, or the request alone
  // exceeds the limit, which then no longer includes what was granted.
  const isNever = reason !== 'over' || (need !== undefined && need > rule.limit - granted);
  return isNever ? Number.POSITIVE_INFINITY : (resetsAtMs ?? Number.POSITIVE_INFINITY);
}

function missing({ used, need, rule }: QuotaRefusal): bigint {
  return used + (need ?? 0n) - rule.limit;
}

function compareNumbers<N extends number | bigint>(a: N, b: N): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
