import type { Rule } from '../../domain/ledger/rules.ts';
import type { Messages } from '../messages/en.ts';
import { amountText } from './price-text.ts';

/** `5 videos a day for each member` */
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
    case 'everyone':
      return quota.subjects[subject.kind];
    case 'role':
      return quota.subjects.role(`<@&${subject.id}>`);
    case 'member':
      return quota.subjects.member(`<@${subject.id}>`);
  }
}

/** What is used of a limit: `4 of 5 videos` */
export function limitFiguresText(
  { rule: { measure, limit }, used }: { readonly rule: Rule; readonly used: bigint },
  messages: Messages,
  currency: string | undefined,
): string {
  const figure = (value: bigint): string =>
    measure === 'cost' ? amountText(value, currency, messages) : value.toString();
  return messages.denial.quota.figures[measure](figure(used), figure(limit));
}

/** `5 videos`, `10 seconds` or `$1.50` */
export function measureText(
  measure: Rule['measure'],
  value: bigint,
  messages: Messages,
  currency: string | undefined,
): string {
  if (measure === 'cost') return amountText(value, currency, messages);
  return messages.quota.measures[measure](value.toString());
}
