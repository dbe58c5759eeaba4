import type { PolicyDenial } from '../../app/admission.ts';
import type { BudgetRefusal } from '../../domain/ledger/budget.ts';
import type { Messages } from '../messages/en.ts';
import { quotaRefusalText } from './quota-refusal-text.ts';
import { resetTime } from './reset-time.ts';

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
      return quotaRefusalText(denial.refusal, messages, currency);
    case 'budget':
      return budgetText(denial.refusal, denial.resetsAtMs, messages);
  }
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
