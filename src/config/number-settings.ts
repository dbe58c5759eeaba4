import { parseMoney } from '../domain/ledger/money.ts';
import { meaning, wrong, wrongValue } from './setting-text.ts';

/** Node fires a timer of more milliseconds than this at once. */
const MAX_TIMER_MS = 2_147_483_647;

const NUMBER = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

interface IntervalRule {
  /** Milliseconds of one unit of the setting. */
  readonly unitMs: number;
  /** In the setting's unit; absent: what a timer can wait. */
  readonly max?: number;
  readonly zeroAllowed?: boolean;
}

/** Any positive number, however small; the value is in milliseconds. */
export function interval({ unitMs, max, zeroAllowed = false }: IntervalRule) {
  const limit = max ?? Math.floor(MAX_TIMER_MS / unitMs);
  const least = zeroAllowed ? 'of 0 or more' : 'above 0';
  return meaning(
    (text) => {
      const amount = NUMBER.test(text) ? Number(text) : Number.NaN;
      const isLargeEnough = zeroAllowed ? amount >= 0 : amount * unitMs > 0;
      return isLargeEnough && amount <= limit ? amount * unitMs : undefined;
    },
    wrongValue(`must be a number ${least} and at most ${limit}`),
  );
}

/** A whole number within bounds, both included. */
export function whole({ min, max }: { readonly min: number; readonly max: number }) {
  return meaning(
    (text) => {
      const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      return value >= min && value <= max ? value : undefined;
    },
    wrongValue(`must be a whole number from ${min} to ${max}`),
  );
}

/** An amount of the price list's currency above zero. */
export const budget = meaning(
  (text) => {
    const micros = parseMoney(text);
    return micros !== undefined && micros > 0n ? micros : undefined;
  },
  wrong(
    'must be an amount above 0 with at most 6 decimals, such as 25.50',
    'Correct it, or leave it out for no ceiling',
  ),
);

/** One of these words, in any case. */
export function oneOf<const T extends string>(words: readonly T[]) {
  return meaning(
    (text) => words.find((known) => known === text.toLowerCase()),
    wrongValue(`must be one of ${words.join(', ')}`),
  );
}
