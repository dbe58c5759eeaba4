import type { Measure } from '../../domain/ledger/amounts.ts';
import { readMoney } from '../../domain/ledger/typed-amount.ts';
import { currencyFault } from '../options/currency-fault.ts';
import type { OptionValue } from '../options/option-value.ts';
import { typedWhole } from '../options/typed-whole.ts';
import type { RuleWording } from './rule-edits.ts';

/** The reply if the options cannot be used. */
export interface Complaint {
  readonly complaint: string;
}

/** What is wrong with a typed limit, in words that follow the name of its option or field. */
export interface LimitFault {
  readonly fault: string;
}

/**
 * Reads a typed limit or grant: a whole number for videos and seconds; for cost an amount, with or
 * without the price list's currency.
 */
export function readLimit(
  measure: Measure,
  typed: OptionValue,
  { messages, currency }: RuleWording,
): bigint | LimitFault {
  const { quotaCommand: words } = messages;
  const text = typeof typed === 'string' ? typed : '';
  if (measure !== 'cost') return typedWhole(text) ?? { fault: words.limitWhole };
  const money = readMoney(text, currency);
  switch (money.kind) {
    case 'money':
      return money.micros;
    case 'unreadable':
      return { fault: words.limitMoney };
    case 'other-currency':
      return { fault: currencyFault(money.unit, currency, messages) };
  }
}
