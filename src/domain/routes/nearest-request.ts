import { givenMedia, isFrame } from './given-media.ts';
import { withoutOptions } from './given-options.ts';
import {
  frameConflict,
  withinTotals,
  withoutExcludedWebSearch,
  withoutHopeless,
} from './mend-media.ts';
import { mendValues } from './mend-values.ts';
import { isBeyondMending } from './mending.ts';
import { requestChanges } from './request-change.ts';
import type { RequestChange } from './request-change.ts';
import { compareDistances, requestDistance } from './request-distance.ts';
import type { VideoRequest } from './request.ts';
import type { Route } from './route.ts';
import { validateRequest } from './validate.ts';

/** The accepted request that is nearest to a refused one, on the same route. */
export interface NearestRequest {
  readonly request: VideoRequest;
  readonly changes: readonly RequestChange[];
  /** What it keeps, where frames and references exclude each other: the caller has to choose. */
  readonly keeps?: 'frames' | 'references';
}

/** The price of a request on the route in question, in micros; `undefined` where it is unknown. */
type PriceOf = (request: VideoRequest) => bigint | undefined;

/**
 * The accepted request on this route that comes first by: fewest media dropped, fewest switches
 * dropped, closest aspect ratio, fewest resolution steps down (up only where there is none below),
 * least difference in seconds; ties by the lower price (unknown last), then the longer. Two where
 * frames and references exclude each other, and none where a fault has no value to mend.
 */
export function nearestRequests(
  route: Route,
  asked: VideoRequest,
  priceOf: PriceOf,
): NearestRequest[] {
  if (isBeyondMending(route, asked)) return [];
  const hopeful = withoutHopeless(route, asked);
  const conflict = frameConflict(route, hopeful);
  const nearest = (start: VideoRequest): NearestRequest[] => {
    const request = mended(route, asked, start, priceOf);
    return request === undefined ? [] : [{ request, changes: requestChanges(asked, request) }];
  };
  if (conflict === undefined) return nearest(hopeful);
  const withFrames = nearest(withoutOptions(hopeful, conflict.references));
  const withReferences = nearest(withoutOptions(hopeful, conflict.frames)).filter(hasReferences);
  // Where no reference can stay either way, there is nothing to choose.
  if (withReferences.length === 0) return withFrames;
  return [
    ...withFrames.map((way) => ({ ...way, keeps: 'frames' as const })),
    ...withReferences.map((way) => ({ ...way, keeps: 'references' as const })),
  ];
}

function hasReferences({ request }: NearestRequest): boolean {
  return givenMedia(request).some((media) => !isFrame(media));
}

/** What a prompt names cannot be left out of the media: the prompt would name nothing. */
function namedCount(request: VideoRequest): number {
  return givenMedia(request).filter(({ attachment }) => attachment.named !== undefined).length;
}

function mended(
  route: Route,
  asked: VideoRequest,
  start: VideoRequest,
  priceOf: PriceOf,
): VideoRequest | undefined {
  const [best] = withinTotals(route, withoutHopeless(route, start))
    .map((request) => withoutExcludedWebSearch(route, withoutHopeless(route, request)))
    .flatMap((request) => mendValues(route, asked, request))
    .filter((request) => validateRequest(route, request).length === 0)
    .filter((request) => namedCount(request) === namedCount(asked))
    .map((request) => ({ request, distance: requestDistance(route, asked, request) }))
    .toSorted(
      (one, other) =>
        compareDistances(one.distance, other.distance) ||
        comparePrices(priceOf(one.request), priceOf(other.request)) ||
        secondsOf(route, other.request) - secondsOf(route, one.request),
    );
  return best?.request;
}

function comparePrices(one: bigint | undefined, other: bigint | undefined): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  if (other === undefined) return -1;
  return one < other ? -1 : 1;
}

function secondsOf(route: Route, { durationSeconds }: VideoRequest): number {
  return durationSeconds ?? route.duration.default;
}
