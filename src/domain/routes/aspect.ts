import { givenMedia } from './given-media.ts';
import type { Ratio } from './options.ts';
import type { VideoRequest } from './request.ts';
import type { Route } from './route.ts';

/** A width and a height; only their relation matters. */
interface Aspect {
  readonly width: number;
  readonly height: number;
}

/**
 * How far two aspect ratios are apart: 1 for the same shape, 2 where one is twice as wide, whichever
 * it is. Exact for whole numbers, so that shapes equally far apart compare as equal.
 */
export function aspectDistance(one: Aspect, other: Aspect): number {
  const a = one.width * other.height;
  const b = other.width * one.height;
  return Math.max(a, b) / Math.min(a, b);
}

/** The shape that a ratio names; `undefined` for `adaptive`, which names none. */
export function aspectOf(ratio: Ratio): Aspect | undefined {
  const [width, height] = ratio.split(':').map(Number);
  return width === undefined || height === undefined ? undefined : { width, height };
}

/**
 * The shape that a member asked for. `adaptive` means the shape of the first picture; if that is not
 * known, the route's default, else 16:9.
 */
export function wantedAspect(route: Route, request: VideoRequest, ratio: Ratio): Aspect {
  const named = aspectOf(ratio);
  if (named !== undefined) return named;
  for (const { kind, attachment } of givenMedia(request)) {
    const { width = 0, height = 0 } = attachment;
    if (kind === 'image' && width > 0 && height > 0) return { width, height };
  }
  const own = route.ratios.default;
  return (own === undefined ? undefined : aspectOf(own)) ?? { width: 16, height: 9 };
}
