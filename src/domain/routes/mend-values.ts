import { compareDistances, requestDistance } from './request-distance.ts';
import { withoutOptions } from './given-options.ts';
import { issuesMendedBy } from './mending.ts';
import type { IssueReason } from './request-issue.ts';
import type { VideoRequest } from './request.ts';
import type { Route } from './route.ts';

/**
 * The request with the accepted length, resolution and ratio that are nearest to those of `asked`, in
 * every way that is equally near.
 */
export function mendValues(
  route: Route,
  asked: VideoRequest,
  request: VideoRequest,
): VideoRequest[] {
  return issuesMendedBy('value', route, request).reduce<VideoRequest[]>(
    (ways, { reason }) =>
      nearestOf(
        route,
        asked,
        ways.flatMap((way) => valuesFor(way, reason)),
      ),
    [request],
  );
}

/** The request with each value that an issue calls accepted. */
function valuesFor(request: VideoRequest, reason: IssueReason): VideoRequest[] {
  if (reason.kind === 'duration') {
    return secondsNear(reason).map((durationSeconds) => ({ ...request, durationSeconds }));
  }
  if (reason.kind === 'resolution') {
    return reason.accepted.map((resolution) => ({ ...request, resolution }));
  }
  if (reason.kind === 'ratio') {
    if (reason.accepted.length === 0) return [withoutOptions(request, ['ratio'])];
    return reason.accepted.map((ratio) => ({ ...request, ratio }));
  }
  return [request];
}

/** The lengths on both sides of what was asked for. */
function secondsNear({
  given,
  min,
  max,
  only,
}: Extract<IssueReason, { kind: 'duration' }>): readonly number[] {
  if (only !== undefined) return only;
  const near = [Math.floor(given), Math.ceil(given)];
  return [...new Set(near.map((seconds) => Math.min(Math.max(seconds, min), max)))];
}

function nearestOf(
  route: Route,
  asked: VideoRequest,
  requests: readonly VideoRequest[],
): VideoRequest[] {
  const ranked = requests
    .map((request) => ({ request, distance: requestDistance(route, asked, request) }))
    .toSorted((one, other) => compareDistances(one.distance, other.distance));
  const [first] = ranked;
  return ranked.flatMap(({ request, distance }) =>
    first !== undefined && compareDistances(distance, first.distance) === 0 ? [request] : [],
  );
}
