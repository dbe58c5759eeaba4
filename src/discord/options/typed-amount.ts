import { parseMoney } from '../../domain/ledger/money.ts';
import type { Micros } from '../../domain/ledger/money.ts';

/** Far above any price or count, and short enough to display. */
const MAX_DIGITS = 20;

/** Parses a typed amount; `undefined` if it is not an amount or too long. */
export function typedAmount(typed: string): Micros | undefined {
  const text = plain(typed);
  const [whole = ''] = text.split('.');
  return whole.length > MAX_DIGITS ? undefined : parseMoney(text);
}

/** Parses a typed whole number exactly; `undefined` if it is not one or too long. */
export function typedWhole(typed: string): bigint | undefined {
  const text = plain(typed);
  return /^\d+$/.test(text) && text.length <= MAX_DIGITS ? BigInt(text) : undefined;
}

/** Chinese keyboards type full-width digits. */
function plain(typed: string): string {
  return typed.normalize('NFKC').trim();
}
