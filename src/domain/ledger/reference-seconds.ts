import type { Route } from '../routes/route.ts';
import type { Submission } from '../routes/submission.ts';
import { add, isAtMost, wholeNumber, writtenNumber } from './decimal.ts';
import type { Rational } from './decimal.ts';

const NONE = wholeNumber(0);

/**
 * How many seconds of reference video a submission is billed for. A length that Discord does not
 * tell counts with the most that the route's documents allow; undefined where they give no limit.
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

/** `most`: of the untold lengths; `total`: of all together, which what was told may well pass. */
function withUnknownLengths(
  known: Rational,
  most: Rational | undefined,
  total: Rational | undefined,
): Rational | undefined {
  if (total !== undefined && isAtMost(total, known)) return known;
  const all = most === undefined ? undefined : add(known, most);
  if (all === undefined || total === undefined) return all ?? total;
  return isAtMost(all, total) ? all : total;
}
