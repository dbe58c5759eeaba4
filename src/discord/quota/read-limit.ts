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

/**
 * Reads a typed limit or grant: a whole number for videos and seconds; for cost an amount, with or
 * without the price list's currency.
 */
export function readLimit(
  measure: Measure,
  [option, typed]: readonly [option: string, typed: OptionValue],
  { messages, currency }: RuleWording,
): bigint | Complaint {
  const { quotaCommand: words, grants } = messages;
  const text = typeof typed === 'string' ? typed : '';
  if (measure !== 'cost') return typedWhole(text) ?? { complaint: words.limitWhole };
  const money = readMoney(text, currency);
  switch (money.kind) {
    case 'money':
      return money.micros;
    case 'unreadable':
      return { complaint: words.limitMoney };
    case 'other-currency': {
      const fault = currencyFault(money.unit, currency, messages);
      return { complaint: grants.wrong(option, fault) };
    }
  }
}
