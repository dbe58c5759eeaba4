import type { Route } from '../routes/route.ts';
import type { Submission } from '../routes/submission.ts';
import { add, isAtMost, wholeNumber, writtenNumber } from './decimal.ts';
import type { Rational } from './decimal.ts';

const NONE = wholeNumber(0);

/**
 * How many seconds of reference video a submission is billed for. A clip whose length Discord does
 * not send counts as the longest that the route's documents allow; `undefined` if they give no
 * limit.
 */
export function referenceSeconds(
  { media: limits }: Route,
  media: Submission['media'],
): Rational | undefined {
  const lengths = media
    .filter(({ role }) => role === 'reference_video')
    .map(({ seconds }) => seconds);
  const known = lengths
    .filter((seconds) => seconds !== undefined)
    .reduce((sum, seconds) => add(sum, writtenNumber(seconds)), NONE);
  const unknownLengths = lengths.filter((seconds) => seconds === undefined).length;
  if (unknownLengths === 0) return known;
  if (typeof limits.video === 'string') return undefined;
  const { maxSeconds, maxTotalSeconds, assumedTotalSeconds } = limits.video;
  const each = maxSeconds === undefined ? undefined : wholeNumber(unknownLengths * maxSeconds);
  const total = maxTotalSeconds ?? assumedTotalSeconds;
  return withUnknownLengths(known, each, total === undefined ? undefined : wholeNumber(total));
}

/**
 * `unknownMax` bounds the clips of unknown length, `total` all clips together. The known lengths
 * alone may exceed `total`.
 */
function withUnknownLengths(
  known: Rational,
  unknownMax: Rational | undefined,
  total: Rational | undefined,
): Rational | undefined {
  if (total !== undefined && isAtMost(total, known)) return known;
  const all = unknownMax === undefined ? undefined : add(known, unknownMax);
  if (all === undefined || total === undefined) return all ?? total;
  return isAtMost(all, total) ? all : total;
}
