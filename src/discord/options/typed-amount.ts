import { parseMoney } from '../../domain/ledger/money.ts';
import type { Micros } from '../../domain/ledger/money.ts';

/** Far above any price or count, and few enough to be shown. */
const MAX_DIGITS = 20;

/** An amount as a person typed it; undefined where it is none, or longer than anybody needs. */
export function typedAmount(typed: string): Micros | undefined {
  const text = plain(typed);
  const [whole = ''] = text.split('.');
  return whole.length > MAX_DIGITS ? undefined : parseMoney(text);
}

/** A whole number as a person typed it, exact however large; undefined as above. */
export function typedWhole(typed: string): bigint | undefined {
  const text = plain(typed);
  return /^\d+$/.test(text) && text.length <= MAX_DIGITS ? BigInt(text) : undefined;
}

/** Full-width digits are what a Chinese keyboard types. */
function plain(typed: string): string {
  return typed.normalize('NFKC').trim();
}
