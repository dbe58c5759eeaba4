import { TimestampStyles, time } from '../discord-js.ts';
import type { PolicyDenial } from '../../app/admission.ts';
import type { BudgetRefusal } from '../../domain/ledger/budget.ts';
import type { QuotaRefusal } from '../../domain/ledger/decide.ts';
import type { Rule } from '../../domain/ledger/rules.ts';
import type { Messages } from '../messages/en.ts';
import { amountText } from './price-text.ts';

/** Why the admins' rules or the operator's budget deny a request, and what the caller can do. */
export function denialText(
  denial: PolicyDenial,
  messages: Messages,
  currency: string | undefined,
): string {
  const { denial: words } = messages;
  switch (denial.kind) {
    case 'closed':
      return words.closed;
    case 'blocked':
      return words.blocked;
    case 'channel':
      return words.channel(messages.units.or(denial.channels.map((id) => `<#${id}>`)));
    case 'route':
      return words.route(messages.units.and(denial.routes.map((id) => `\`${id}\``)));
    case 'word':
      return words.word;
    case 'active':
      return denial.of === 'member'
        ? words.activeMember(denial.limit)
        : words.activeGuild(denial.limit);
    case 'quota':
      return quotaText(denial.refusal, messages, currency);
    case 'budget':
      return budgetText(denial.refusal, denial.resetsAtMs, messages);
  }
}

function quotaText(
  refusal: QuotaRefusal,
  messages: Messages,
  currency: string | undefined,
): string {
  const { denial: words } = messages;
  const { rule, used, need, reason } = refusal;
  const amount = (value: bigint): string => measureText(rule.measure, value, messages, currency);
  const named = words.rule(raisedRuleText(refusal, messages, currency));
  const sums = words.sums(amount(used), need === undefined ? words.unknownCost : amount(need));
  const reset = resetText(refusal, messages);
  switch (reason) {
    case 'forbidden':
      return words.forbidden(named, sums, reset);
    case 'price-unknown':
      return words.priceUnknown(named, sums, reset);
    case 'over':
      return words.over(named, sums, reset);
  }
}

function resetText({ reason, resetsAtMs }: QuotaRefusal, { denial: words }: Messages): string {
  if (resetsAtMs === undefined) return words.noReset;
  const when = resetTime(resetsAtMs);
  return reason === 'forbidden' ? words.resetsInVain(when) : words.resets(when);
}

/** Members see that there is a budget and when it resets, but not the operator's figures. */
function budgetText(
  { reason, budget }: BudgetRefusal,
  resetsAtMs: number,
  { denial: words }: Messages,
): string {
  const when = resetTime(resetsAtMs);
  if (reason === 'price-unknown') return words.budgetPriceUnknown(when);
  return budget === 'day' ? words.budgetDay(when) : words.budgetMonth(when);
}

function resetTime(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${time(seconds, TimestampStyles.ShortDateTime)} (${time(seconds, TimestampStyles.RelativeTime)})`;
}

/** `everyone: 5 videos a day` */
export function ruleText(rule: Rule, messages: Messages, currency: string | undefined): string {
  const { quota } = messages;
  const limit = measureText(rule.measure, rule.limit, messages, currency);
  return quota.rule(subjectText(rule.subject, messages), limit, quota.windows[rule.window]);
}

/** A rule as it counts for a member: the limit with what was granted, and how much that is. */
export function raisedRuleText(
  { rule, granted = 0n }: { readonly rule: Rule; readonly granted?: bigint },
  messages: Messages,
  currency: string | undefined,
): string {
  const text = ruleText(rule, messages, currency);
  if (granted === 0n) return text;
  return messages.grants.ofIt(text, measureText(rule.measure, granted, messages, currency));
}

function subjectText(subject: Rule['subject'], { quota }: Messages): string {
  switch (subject.kind) {
    case 'guild':
      return quota.subjects.guild;
    case 'everyone':
      return quota.subjects.everyone;
    case 'role':
      return `<@&${subject.id}>`;
    case 'member':
      return `<@${subject.id}>`;
  }
}

export function measureText(
  measure: Rule['measure'],
  value: bigint,
  messages: Messages,
  currency: string | undefined,
): string {
  if (measure === 'cost') return amountText(value, currency, messages);
  return messages.quota.measures[measure](value.toString());
}
