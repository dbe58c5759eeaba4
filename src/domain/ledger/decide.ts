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
  /** Sums of the running windows, of the whole guild and of this member in it. */
  readonly usage: { readonly guild: Usage; readonly member: Usage };
  /** The running windows, for when a limit resets. */
  readonly windows: Windows;
}

/** A refusal by the rule that decided. */
export interface QuotaRefusal {
  readonly allowed: false;
  readonly reason: LimitReason;
  readonly rule: Rule;
  /** In the rule's measure. */
  readonly used: bigint;
  /** In the rule's measure; absent: the price is unknown. */
  readonly need?: bigint;
  /** When the rule's window ends, in milliseconds; absent for `total`, which never does. */
  readonly resetsAtMs?: number;
}

export type QuotaDecision = { readonly allowed: true } | QuotaRefusal;

/**
 * Whether the rules let a request pass. Of several that refuse, the one that refuses longest is named:
 * to name the day's end while the month is used up would be a false promise.
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

/** The member's own rules; else the kindest of the roles with rules; else everyone's. */
function personalRefusals(request: QuotaRequest, rules: readonly Rule[]): QuotaRefusal[] {
  const { guildId, member } = request;
  const own = rules.filter(({ subject }) => subject.kind === 'member' && subject.id === member.id);
  if (own.length > 0) return refusalsOf(request, own);
  const roleIds = member.roleIds.filter((roleId) => roleId !== guildId);
  const byRole = roleIds
    .map((id) => rules.filter(({ subject }) => subject.kind === 'role' && subject.id === id))
    .filter((ofRole) => ofRole.length > 0);
  if (byRole.length > 0) return kindestRole(request, byRole);
  return refusalsOf(
    request,
    rules.filter(({ subject }) => isEveryone(guildId, subject)),
  );
}

/** @everyone is a role of the guild's own id, however such a rule was stored. */
function isEveryone(guildId: string, subject: Rule['subject']): boolean {
  if (subject.kind === 'role') return roleSubject(guildId, subject.id).kind === 'everyone';
  return subject.kind === 'everyone';
}

/** Nothing if one role lets it pass; else the refusal of the role that refuses the shortest. */
function kindestRole(request: QuotaRequest, byRole: readonly (readonly Rule[])[]): QuotaRefusal[] {
  const refusals: QuotaRefusal[] = [];
  for (const rules of byRole) {
    const refusal = longest(refusalsOf(request, rules));
    if (refusal === undefined) return [];
    refusals.push(refusal);
  }
  return refusals.toSorted(compareKindness).slice(0, 1);
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

/** The refusal that lasts longest; of several as long, the first. */
function longest(refusals: readonly QuotaRefusal[]): QuotaRefusal | undefined {
  return refusals.toSorted((a, b) => compareNumbers(refusesUntilMs(b), refusesUntilMs(a)))[0];
}

/** The shorter refusal first; of two as long, the one that is nearer to letting it pass. */
function compareKindness(a: QuotaRefusal, b: QuotaRefusal): number {
  return (
    compareNumbers(refusesUntilMs(a), refusesUntilMs(b)) || compareNumbers(missing(a), missing(b))
  );
}

function refusesUntilMs({ reason, resetsAtMs, need, rule }: QuotaRefusal): number {
  // A fresh window lifts no limit of 0, makes no price known, and has no room for more than its limit.
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
