import type { Messages } from '../messages/en.ts';

/** Why an amount with this unit is refused; `currency` is the price list's, if there is one. */
export function currencyFault(
  unit: string,
  currency: string | undefined,
  { grants: words }: Messages,
): string {
  return currency === undefined ? words.noCurrency(unit) : words.otherCurrency(unit, currency);
}
