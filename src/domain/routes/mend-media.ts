import { givenMedia, isFrame } from './given-media.ts';
import type { GivenMedia } from './given-media.ts';
import { withoutOptions } from './given-options.ts';
import { issuesMendedBy } from './mending.ts';
import type { MediaKind, VideoOption } from './options.ts';
import type { VideoRequest } from './request.ts';
import type { Route } from './route.ts';
import { mediaIssues } from './validate-media.ts';

const KINDS: readonly MediaKind[] = ['image', 'video', 'audio'];

/**
 * Drops what no smaller set of media makes acceptable: kinds and switches that the route does not
 * take, a frame without its partner, audio without what it needs.
 */
export function withoutHopeless(route: Route, request: VideoRequest): VideoRequest {
  const hopeless = issuesMendedBy('drop', route, request).flatMap(({ options }) => options);
  if (hopeless.length === 0) return request;
  return withoutHopeless(route, withoutOptions(request, hopeless));
}

/** Drops web search where it excludes the media. */
export function withoutExcludedWebSearch(route: Route, request: VideoRequest): VideoRequest {
  const isExcluded = issuesMendedBy('web-search', route, request).length > 0;
  return isExcluded ? withoutOptions(request, ['web_search']) : request;
}

/** The frames and the references that exclude each other; `undefined` where none do. */
export function frameConflict(
  route: Route,
  request: VideoRequest,
): { readonly frames: VideoOption[]; readonly references: VideoOption[] } | undefined {
  const options = issuesMendedBy('choose', route, request).flatMap((issue) => issue.options);
  if (options.length === 0) return undefined;
  const given = givenMedia(request).filter(({ option }) => options.includes(option));
  return {
    frames: given.filter(isFrame).map(({ option }) => option),
    references: given.filter((media) => !isFrame(media)).map(({ option }) => option),
  };
}

/**
 * The request with as many references as the limits of number and total allow, in every way that
 * drops the fewest. The ways differ in their videos only, because other media have no price.
 */
export function withinTotals(route: Route, request: VideoRequest): VideoRequest[] {
  return KINDS.reduce<VideoRequest[]>(
    (ways, kind) => {
      const least = leastDrops(route, request, kind);
      const drops = kind === 'video' ? least : least.slice(0, 1);
      return ways.flatMap((way) => drops.map((dropped) => withoutOptions(way, dropped)));
    },
    [request],
  );
}

/** Every least set of references of a kind without which the others fit; the last ones go first. */
function leastDrops(route: Route, request: VideoRequest, kind: MediaKind): VideoOption[][] {
  const media = givenMedia(request);
  const isOfKind = (one: GivenMedia) => one.kind === kind && !isFrame(one);
  const given = media.filter(isOfKind).map(({ option }) => option);
  const others = media.filter((one) => !isOfKind(one)).map(({ option }) => option);
  const alone = withoutOptions(request, others);
  for (let count = 0; count < given.length; count += 1) {
    const fitting = combinations(given.toReversed(), count).filter(
      (dropped) => mediaIssues(route, withoutOptions(alone, dropped)).length === 0,
    );
    if (fitting.length > 0) return fitting;
  }
  return [given];
}

/** Every choice of `count` of these items, those with the first items first. */
function combinations<T>(items: readonly T[], count: number): T[][] {
  if (count === 0) return [[]];
  return items.flatMap((item, index) =>
    combinations(items.slice(index + 1), count - 1).map((rest) => [item, ...rest]),
  );
}
