import { parseMoney } from '../domain/ledger/money.ts';
import { parsedBy, problem, invalidValue } from './setting-text.ts';

/** Node fires timers with a longer delay, in milliseconds, immediately. */
const MAX_TIMER_MS = 2_147_483_647;

const NUMBER = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

interface IntervalRule {
  /** Milliseconds of one unit of the setting. */
  readonly unitMs: number;
  /** In the setting's unit; `undefined` for the longest delay of a timer. */
  readonly max?: number;
  readonly zeroAllowed?: boolean;
}

/** Reads any positive number, however small; the result is in milliseconds. */
export function interval({ unitMs, max, zeroAllowed = false }: IntervalRule) {
  const limit = max ?? Math.floor(MAX_TIMER_MS / unitMs);
  const lowerBound = zeroAllowed ? 'of 0 or more' : 'above 0';
  return parsedBy(
    (text) => {
      const amount = NUMBER.test(text) ? Number(text) : Number.NaN;
      const isLargeEnough = zeroAllowed ? amount >= 0 : amount * unitMs > 0;
      return isLargeEnough && amount <= limit ? amount * unitMs : undefined;
    },
    invalidValue(`must be a number ${lowerBound} and at most ${limit}`),
  );
}

/** Reads a whole number from `min` to `max`, both included. */
export function wholeNumber({ min, max }: { readonly min: number; readonly max: number }) {
  return parsedBy(
    (text) => {
      const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      return value >= min && value <= max ? value : undefined;
    },
    invalidValue(`must be a whole number from ${min} to ${max}`),
  );
}

/** Reads 1, 2, 4 and so on, up to `max`. */
export function powerOfTwo({ max }: { readonly max: number }) {
  return parsedBy(
    (text) => {
      const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
      return value > 0 && value <= max && Number.isInteger(Math.log2(value)) ? value : undefined;
    },
    invalidValue(`must be a power of two from 1 to ${max}`),
  );
}

/** Reads an amount above zero in the price list's currency. */
export const budget = parsedBy(
  (text) => {
    const micros = parseMoney(text);
    return micros !== undefined && micros > 0n ? micros : undefined;
  },
  problem(
    'must be an amount above 0 with at most 6 decimals, such as 25.50',
    'Correct it, or leave it out for no ceiling',
  ),
);

/** Reads one of these words, case-insensitively. */
export function oneOf<const T extends string>(words: readonly T[]) {
  return parsedBy(
    (text) => words.find((known) => known === text.toLowerCase()),
    invalidValue(`must be one of ${words.join(', ')}`),
  );
}
