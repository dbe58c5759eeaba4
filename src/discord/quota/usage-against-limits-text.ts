import { TimestampStyles, time } from '../discord-js.ts';
import type { RunningSums } from '../../app/account-reader.ts';
import { MEASURES } from '../../domain/ledger/amounts.ts';
import { openGrants, raiseRule } from '../../domain/ledger/grants.ts';
import type { Grant, RaisedRule } from '../../domain/ledger/grants.ts';
import type { Rule } from '../../domain/ledger/rules.ts';
import { keysOf, WINDOW_KINDS } from '../../domain/ledger/windows.ts';
import { measureText, raisedRuleText } from '../render/rule-text.ts';
import { fitLines } from '../options/fit-lines.ts';
import { applicableRules } from './applicable-rules.ts';
import type { LimitedMember } from './applicable-rules.ts';
import type { RuleWording } from './rule-edits.ts';

export interface LimitsView {
  readonly rules: readonly Rule[];
  readonly grants: readonly Grant[];
  readonly member: LimitedMember;
  readonly sums: RunningSums;
  /** Whether the caller asked about themselves. */
  readonly isOwn: boolean;
}

/** A member's usage of each limit; without limits, the usage alone. */
export function limitsText(view: LimitsView, wording: RuleWording): string {
  const { quotaCommand: words } = wording.messages;
  const { member, rules, grants, sums, isOwn } = view;
  const title = isOwn ? words.showTitle : words.showTitleOf(`<@${member.id}>`);
  const applicable = applicableRules(rules, member);
  if (applicable.length === 0) {
    return [`**${title}**`, words.showNone, ...sumLines(sums, wording)].join('\n');
  }
  const open = openGrants(grants, keysOf(sums.windows));
  const lines = applicable.map(
    (rule) => `- ${ruleLine(raiseRule(rule, open, member.id), sums, wording)}`,
  );
  const notes = [
    ...(hasCompetingRoles(applicable) ? [words.anyRole] : []),
    ...(member.roleIds === undefined && applicable.some(isOfRole) ? [words.rolesUnknown] : []),
  ];
  return fitLines(lines, {
    head: `**${title}**`,
    more: words.more,
    ...(notes.length === 0 ? {} : { tail: notes.map((note) => `-# ${note}`).join('\n') }),
  }).text;
}

function ruleLine(
  raised: RaisedRule,
  sums: RunningSums,
  { messages, currency }: RuleWording,
): string {
  const { quotaCommand: words } = messages;
  const { rule } = raised;
  const text = raisedRuleText(raised, messages, currency);
  const used = (rule.subject.kind === 'guild' ? sums.guild : sums.member)[rule.window][
    rule.measure
  ];
  const amount = (value: bigint): string => measureText(rule.measure, value, messages, currency);
  if (rule.limit === 0n) return words.showForbidden(text, amount(used));
  const left = rule.limit > used ? rule.limit - used : 0n;
  return words.showLine(text, amount(used), amount(left), resetText(rule, sums, words));
}

function resetText(
  { window }: Rule,
  { windows }: RunningSums,
  words: RuleWording['messages']['quotaCommand'],
): string {
  const { endsAtMs } = windows[window];
  if (endsAtMs === undefined) return words.noReset;
  const seconds = Math.ceil(endsAtMs / 1000);
  const when = time(seconds, TimestampStyles.LongDateTime);
  return words.resets(when, time(seconds, TimestampStyles.RelativeTime));
}

/** Leaves cost out while it is unknown (no price list, nothing spent): unknown is not zero. */
function sumLines({ member }: RunningSums, { messages, currency }: RuleWording): string[] {
  const { quotaCommand: words } = messages;
  return WINDOW_KINDS.map((window) => {
    const used = member[window];
    const amounts = MEASURES.filter(
      (measure) => measure !== 'cost' || currency !== undefined || used.cost > 0n,
    ).map((measure) => measureText(measure, used[measure], messages, currency));
    return `- ${messages.units.named(words.sums[window], messages.units.and(amounts))}`;
  });
}

/** Whether two roles limit the same measure, in which case the more generous one decides. */
function hasCompetingRoles(rules: readonly Rule[]): boolean {
  const ofRoles = rules.filter(isOfRole);
  return MEASURES.some((measure) => {
    const ids = ofRoles
      .filter((rule) => rule.measure === measure)
      .flatMap(({ subject }) => ('id' in subject ? [subject.id] : []));
    return new Set(ids).size > 1;
  });
}

function isOfRole({ subject }: Rule): boolean {
  return subject.kind === 'role';
}
