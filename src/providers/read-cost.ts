import { writtenNumber } from '../domain/ledger/decimal.ts';
import type { Rational } from '../domain/ledger/decimal.ts';
import type { ReportedCost } from '../domain/ledger/reported-cost.ts';
import type { CostPaths } from './dialect.ts';
import { valueAt } from './read-answer.ts';

/** Replaces a number that is too long to read; more than any video costs. */
const UNREADABLY_LARGE: Rational = { numerator: 10n ** 40n, denominator: 1n };
const MAX_DIGITS = 40;

/**
 * Reads what a finished task cost, exactly; `undefined` when nothing is reported that can be read, or only
 * the provider's own fee. A number, or decimal digits as text; zero or more.
 */
export function readCost(task: unknown, paths: CostPaths | undefined): ReportedCost | undefined {
  if (paths === undefined || isFeeAlone(task, paths)) return undefined;
  const amount = readAmount(valueAt(task, paths.path));
  return amount === undefined ? undefined : { amount, currency: paths.currency };
}

/** Anything but a plain "no" leaves it open whether the amount is the whole cost. */
function isFeeAlone(task: unknown, { feeAlonePath }: CostPaths): boolean {
  if (feeAlonePath === undefined) return false;
  const said = valueAt(task, feeAlonePath);
  return said !== undefined && said !== null && said !== false;
}

function readAmount(value: unknown): Rational | undefined {
  if (typeof value === 'number') return readNumber(value);
  return typeof value === 'string' ? readDigits(value.trim()) : undefined;
}

function readNumber(value: number): Rational | undefined {
  if (Number.isNaN(value) || value < 0) return undefined;
  // JSON.parse reads a number that is too large, such as 1e999, as Infinity.
  return value === Infinity ? UNREADABLY_LARGE : writtenNumber(value);
}

function readDigits(text: string): Rational | undefined {
  const [matched, whole = '', fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (matched === undefined || fraction.length > MAX_DIGITS) return undefined;
  const digits = whole.replace(/^0+/, '');
  if (digits.length > MAX_DIGITS) return UNREADABLY_LARGE;
  return { numerator: BigInt(digits + fraction), denominator: 10n ** BigInt(fraction.length) };
}
