import { aspectDistance, aspectOf, wantedAspect } from './aspect.ts';
import { givenMedia } from './given-media.ts';
import { RESOLUTIONS } from './options.ts';
import type { VideoRequest } from './request.ts';
import type { Route } from './route.ts';

/**
 * How far a changed request is from the one that was asked for, the weightiest number first: media
 * dropped, switches dropped, aspect ratio, resolution, seconds. Without a change all are at their
 * least.
 */
export function requestDistance(
  route: Route,
  asked: VideoRequest,
  changed: VideoRequest,
): readonly number[] {
  return [
    givenMedia(asked).length - givenMedia(changed).length,
    switchesOf(asked) - switchesOf(changed),
    ratioDistance(route, asked, changed),
    resolutionDistance(asked, changed),
    secondsDistance(asked, changed),
  ];
}

/** Compares distances from their weightiest number down: negative if `one` is the nearer. */
export function compareDistances(one: readonly number[], other: readonly number[]): number {
  for (const [index, value] of one.entries()) {
    const against = other[index] ?? 0;
    if (value !== against) return value < against ? -1 : 1;
  }
  return 0;
}

function switchesOf({ sound, webSearch, watermark }: VideoRequest): number {
  return [sound, webSearch, watermark].filter((value) => value !== undefined).length;
}

function ratioDistance(route: Route, asked: VideoRequest, { ratio }: VideoRequest): number {
  if (asked.ratio === undefined || asked.ratio === ratio) return 0;
  if (ratio === undefined) return Infinity;
  const shape = aspectOf(ratio);
  // A shape that the provider chooses is the worst that a named one can become.
  if (shape === undefined) return Number.MAX_VALUE;
  return aspectDistance(shape, wantedAspect(route, asked, asked.ratio));
}

/** Steps down; a step up counts more than all steps down, so that it is the last resort. */
function resolutionDistance(asked: VideoRequest, { resolution }: VideoRequest): number {
  if (asked.resolution === undefined || asked.resolution === resolution) return 0;
  if (resolution === undefined) return Infinity;
  const down = RESOLUTIONS.indexOf(asked.resolution) - RESOLUTIONS.indexOf(resolution);
  return down > 0 ? down : RESOLUTIONS.length - down;
}

function secondsDistance(asked: VideoRequest, { durationSeconds }: VideoRequest): number {
  if (asked.durationSeconds === undefined) return 0;
  return durationSeconds === undefined
    ? Infinity
    : Math.abs(asked.durationSeconds - durationSeconds);
}
