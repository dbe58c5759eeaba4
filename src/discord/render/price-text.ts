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
    quote.assumesReferences === true;
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
  if (quote.kind === 'unknown' || taskMoney.state !== 'settled') return undefined;
  const { cost } = taskMoney.amounts;
  if (cost === undefined) return undefined;
  if (taskMoney.assumed === true) {
    const amount = amountText(cost, quote.currency, messages);
    return quote.assumesReferences === true
      ? messages.library.assumedReferences(amount)
      : messages.money.assumed(amount);
  }
  if (cost === quote.micros) return undefined;
  return messages.money.settled(amountText(cost, quote.currency, messages));
}

/**
 * The amount a task was settled at, in the currency of its quote; a plain number without a quote.
 */
export function costText(quote: Quote, cost: Micros | undefined, messages: Messages): string {
  if (cost === undefined) return messages.money.unknown;
  return amountText(cost, quote.kind === 'priced' ? quote.currency : undefined, messages);
}
