import type { BillingUnit, Route } from '../routes/route.ts';
import type { Submission } from '../routes/submission.ts';
import { add, isAtMost, roundHalfUp, wholeNumber, writtenNumber } from './decimal.ts';
import type { Rational } from './decimal.ts';

const NONE = wholeNumber(0);

type Media = Submission['media'];

/** The reference videos whose seconds count at a price per this unit. */
export function billedReferences(
  { billing }: Pick<Route, 'billing'>,
  per: BillingUnit,
  media: Media,
): Media {
  const videos = media.filter(({ role }) => role === 'reference_video');
  switch (per) {
    case 'task':
      return [];
    case 'second':
      if (billing.assumesAllReferences === true) return videos;
      return billing.addsFirstReference === true ? videos.slice(0, 1) : [];
    case 'million_tokens':
      return videos;
  }
}

/**
 * How many seconds of reference video count at a price per this unit; whole seconds if the unit is
 * the second. A clip of unknown length counts as the longest that the route's documents allow;
 * `undefined` if they give no limit.
 */
export function referenceSeconds(
  route: Route,
  per: BillingUnit,
  media: Media,
): Rational | undefined {
  const seconds = sumOfLengths(route, billedReferences(route, per, media));
  return seconds === undefined || per !== 'second' ? seconds : wholeNumber(roundHalfUp(seconds));
}

/** The total length of these videos, or the most that it may be. */
function sumOfLengths({ media: limits }: Route, videos: Media): Rational | undefined {
  const lengths = videos.map(({ seconds }) => seconds);
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
