import type { PolicyDenial } from '../../app/admission.ts';
import type { BudgetRefusal } from '../../domain/ledger/budget.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import type { Messages } from '../messages/en.ts';
import { quotaRefusalText } from './quota-refusal-text.ts';
import { resetTime } from './reset-time.ts';
import { listWithin, routeNameIn } from './route-summary.ts';

export interface DenialContext {
  /** `undefined` without a price list. */
  readonly priceList: { readonly currency: string } | undefined;
  readonly catalogue: Catalogue;
}

/** Why the admins' rules or the operator's budget deny a request, and what the caller can do. */
export function denialText(
  denial: PolicyDenial,
  messages: Messages,
  { priceList, catalogue }: DenialContext,
): string {
  const { denial: words } = messages;
  const currency = priceList?.currency;
  switch (denial.kind) {
    case 'closed':
      return words.closed;
    case 'blocked':
      return words.blocked;
    case 'channel':
      return words.channel(messages.units.or(denial.channels.map((id) => `<#${id}>`)));
    case 'route':
      return words.route(namesOf(denial.routes, messages, catalogue));
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

/** A server may allow fifty models; the text has to fit into a message, with ways on below it. */
const ROUTES_MAX = 1200;

function namesOf(ids: readonly string[], messages: Messages, catalogue: Catalogue): string {
  const names = ids.map((id) => routeNameIn(catalogue, id));
  return listWithin(names, ROUTES_MAX, messages);
}

/** Members see that there is a budget and when it resets, but not the operator's figures. */
function budgetText(
  { reason, budget }: BudgetRefusal,
  resetsAtMs: number,
  messages: Messages,
): string {
  const { denial: words } = messages;
  const when = resetTime(resetsAtMs, messages);
  if (reason === 'price-unknown') return words.budgetPriceUnknown(when);
  return budget === 'day' ? words.budgetDay(when) : words.budgetMonth(when);
}
