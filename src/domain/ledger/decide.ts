import { MEASURES } from './amounts.ts';
import type { Need, Usage } from './amounts.ts';
import { checkLimit } from './limit.ts';
import type { LimitReason } from './limit.ts';
import { roleSubject } from './rules.ts';
import type { Rule } from './rules.ts';
import type { Windows } from './windows.ts';

export interface QuotaRequest {
  readonly guildId: string;
  readonly rules: readonly Rule[];
  readonly member: { readonly id: string; readonly roleIds: readonly string[] };
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
  readonly rule: Rule;
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
  const refusals = MEASURES.flatMap((measure) => {
    const rules = request.rules.filter((rule) => rule.measure === measure);
    return [...guildRefusals(request, rules), ...personalRefusals(request, rules)];
  });
  return longest(refusals) ?? { allowed: true };
}

function guildRefusals(request: QuotaRequest, rules: readonly Rule[]): QuotaRefusal[] {
  return refusalsOf(
    request,
    rules.filter(({ subject }) => subject.kind === 'guild'),
  );
}

/**
 * The member's own rules; without any, the most generous role with rules; without any, the rules
 * for everyone.
 */
function personalRefusals(request: QuotaRequest, rules: readonly Rule[]): QuotaRefusal[] {
  const { guildId, member } = request;
  const own = rules.filter(({ subject }) => subject.kind === 'member' && subject.id === member.id);
  if (own.length > 0) return refusalsOf(request, own);
  const roleIds = member.roleIds.filter((roleId) => roleId !== guildId);
  const byRole = roleIds
    .map((id) => rules.filter(({ subject }) => subject.kind === 'role' && subject.id === id))
    .filter((ofRole) => ofRole.length > 0);
  if (byRole.length > 0) return mostGenerousRole(request, byRole);
  return refusalsOf(
    request,
    rules.filter(({ subject }) => isEveryone(guildId, subject)),
  );
}

/** Discord's @everyone role has the guild's own id; a rule may be stored under either. */
function isEveryone(guildId: string, subject: Rule['subject']): boolean {
  if (subject.kind === 'role') return roleSubject(guildId, subject.id).kind === 'everyone';
  return subject.kind === 'everyone';
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

function refusalOf({ need, usage, windows }: QuotaRequest, rule: Rule): QuotaRefusal | undefined {
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

function refusesUntilMs({ reason, resetsAtMs, need, rule }: QuotaRefusal): number {
  // A new window does not help if the limit is 0, the price is unknown, or the request alone
  // exceeds the limit.
  const isNever = reason !== 'over' || (need !== undefined && need > rule.limit);
  return isNever ? Number.POSITIVE_INFINITY : (resetsAtMs ?? Number.POSITIVE_INFINITY);
}

function missing({ used, need, rule }: QuotaRefusal): bigint {
  return used + (need ?? 0n) - rule.limit;
}

function compareNumbers<N extends number | bigint>(a: N, b: N): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
