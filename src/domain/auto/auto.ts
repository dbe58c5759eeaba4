import type { TypicalDuration } from '../durations/typical-duration.ts';
import { compareQuotes } from '../ways/way.ts';
import type { Way } from '../ways/way.ts';

/** The value of `model` that leaves the choice to the bot. */
export const AUTO = 'auto';

/** Whether a typed model means `auto`. */
export function isAutoValue(typed: string): boolean {
  return typed.trim().toLowerCase() === AUTO;
}

/** A way that `auto` may take, and how long it usually takes if that is known. */
export interface AutoWay extends Way {
  readonly typicalDuration: TypicalDuration | undefined;
}

/**
 * The order in which `auto` takes these ways: the cheapest first and unknown prices last, then the
 * quicker by the usual time and unknown times last, then as they come, which is the catalogue's order
 * (contract 3).
 */
export function inAutoOrder<W extends AutoWay>(ways: readonly W[]): W[] {
  return ways.toSorted(
    (one, other) => compareQuotes(one.quote, other.quote) || compareTimes(one, other),
  );
}

/** Negative if `one` is the quicker. Compares the middles of the usual times. */
function compareTimes(one: AutoWay, other: AutoWay): number {
  const [a, b] = [typicalSecondsTwice(one), typicalSecondsTwice(other)];
  return a === b ? 0 : a - b;
}

function typicalSecondsTwice({ typicalDuration }: AutoWay): number {
  if (typicalDuration === undefined) return Number.MAX_SAFE_INTEGER;
  return typicalDuration.fromSeconds + typicalDuration.toSeconds;
}

/** What decided for the first of the ways in `auto`'s order. */
export const AUTO_REASONS = ['only', 'price', 'time', 'order'] as const;

/**
 * Why the first of these ways, which are in `auto`'s order, is the one that `auto` takes, and of how
 * many: for `time` those of the same price, for `order` those of the same usual time as well.
 */
export function autoReason(ways: readonly AutoWay[]): {
  readonly by: (typeof AUTO_REASONS)[number];
  readonly of: number;
} {
  const [first, second] = ways;
  if (first === undefined || second === undefined) return { by: 'only', of: 1 };
  const samePrice = ways.filter(({ quote }) => compareQuotes(first.quote, quote) === 0);
  if (samePrice.length === 1) return { by: 'price', of: ways.length };
  const sameTime = samePrice.filter((way) => compareTimes(first, way) === 0);
  return sameTime.length === 1
    ? { by: 'time', of: samePrice.length }
    : { by: 'order', of: sameTime.length };
}
