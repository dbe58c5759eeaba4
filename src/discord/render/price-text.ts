import { formatMoney } from '../../domain/ledger/money.ts';
import type { Micros } from '../../domain/ledger/money.ts';
import type { Quote } from '../../domain/ledger/quote.ts';
import type { TaskMoney } from '../../domain/ledger/task-money.ts';
import type { Messages } from '../messages/en.ts';

/** A quote as text. An unknown price is called unknown, never zero. */
export function priceText(quote: Quote, { money, locale }: Messages): string {
  if (quote.kind === 'unknown') return money.unknown;
  const amount = formatMoney(quote.micros, quote.currency, locale);
  const isEstimate =
    quote.price.per === 'million_tokens' ||
    quote.hasUnknownLength === true ||
    quote.assumesReferences === true ||
    quote.costReport !== undefined;
  return isEstimate ? money.estimated(amount) : amount;
}

/** An amount in a currency; a plain number without a price list. */
export function amountText(
  micros: Micros,
  currency: string | undefined,
  { locale }: Messages,
): string {
  if (currency !== undefined) return formatMoney(micros, currency, locale);
  return formatMoney(micros, 'XXX', locale).replace(/[^\d.,]/gu, '');
}

/** The final cost of a task; `undefined` if it adds nothing to the quote. */
export function settledText(
  quote: Quote,
  taskMoney: TaskMoney,
  messages: Messages,
): string | undefined {
  if (quote.currency === undefined || taskMoney.state !== 'settled') return undefined;
  const { cost } = taskMoney.amounts;
  if (cost === undefined) return undefined;
  const amount = amountText(cost, quote.currency, messages);
  if (taskMoney.assumed === true) return assumedText(quote, amount, messages);
  const isAsQuoted = quote.kind === 'priced' && cost === quote.micros;
  return isAsQuoted ? undefined : messages.money.settled(amount);
}

function assumedText(quote: Quote, amount: string, { library, money }: Messages): string {
  if (quote.costReport !== undefined) return money.assumedUntold(amount);
  const isUndocumented = quote.kind === 'priced' && quote.assumesReferences === true;
  return isUndocumented ? library.assumedReferences(amount) : money.assumed(amount);
}

/**
 * The amount a task was settled at, in the currency of its quote; a plain number without a quote.
 */
export function costText(quote: Quote, cost: Micros | undefined, messages: Messages): string {
  if (cost === undefined) return messages.money.unknown;
  return amountText(cost, quote.currency, messages);
}
