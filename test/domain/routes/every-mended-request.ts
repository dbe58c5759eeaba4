import { givenMedia, isFrame } from '../../../src/domain/routes/given-media.ts';
import { withoutOptions } from '../../../src/domain/routes/given-options.ts';
import { RATIOS, RESOLUTIONS } from '../../../src/domain/routes/options.ts';
import type { Ratio } from '../../../src/domain/routes/options.ts';
import type { VideoRequest } from '../../../src/domain/routes/request.ts';
import type { Route } from '../../../src/domain/routes/route.ts';
import { validateRequest } from '../../../src/domain/routes/validate.ts';

export const accepts = (route: Route, request: VideoRequest): boolean =>
  validateRequest(route, request).length === 0;

export const hasFrame = (request: VideoRequest): boolean => givenMedia(request).some(isFrame);

/** Every request that differs from this one by media and switches left out, itself included. */
export function withLess(request: VideoRequest): VideoRequest[] {
  const { media, sound, webSearch, watermark, ...rest } = request;
  const mediaSets = subsets(Object.entries(media)).map((kept) => Object.fromEntries(kept));
  const switchSets = subsets(
    Object.entries({ sound, webSearch, watermark }).filter(([, value]) => value !== undefined),
  ).map((kept) => Object.fromEntries(kept));
  return mediaSets.flatMap((kept) =>
    switchSets.map((switches) => ({ ...rest, ...switches, media: kept })),
  );
}

/** Every request with other values in place of the given length, resolution and ratio. */
export function withOtherValues(request: VideoRequest): VideoRequest[] {
  const { durationSeconds, resolution, ratio } = request;
  const seconds = Array.from({ length: 30 }, (_, index) => index + 1);
  const withSeconds = (durationSeconds === undefined ? [] : [durationSeconds, ...seconds]).map(
    (value) => ({ ...request, durationSeconds: value }),
  );
  const withResolution = (durationSeconds === undefined ? [request] : withSeconds).flatMap((one) =>
    resolution === undefined ? [one] : RESOLUTIONS.map((value) => ({ ...one, resolution: value })),
  );
  return withResolution.flatMap((one) =>
    ratio === undefined ? [one] : RATIOS.map((value) => ({ ...one, ratio: value })),
  );
}

/** The request without its values: what it is refused for beside them, no value can mend. */
export function withoutValues(request: VideoRequest): VideoRequest {
  return withoutOptions(request, ['duration', 'resolution', 'ratio']);
}

/** The order of the contract, written down a second time. */
export function costOf(
  route: Route,
  asked: VideoRequest,
  other: VideoRequest,
  price: bigint | undefined,
): number[] {
  const down = stepOf(asked) - stepOf(other);
  const seconds = other.durationSeconds ?? route.duration.default;
  return [
    Object.keys(asked.media).length - Object.keys(other.media).length,
    switchesOf(asked) - switchesOf(other),
    Number(ratioCost(route, asked, other).toFixed(9)),
    down < 0 ? 100 - down : down,
    Math.abs((asked.durationSeconds ?? seconds) - seconds),
    price === undefined ? Infinity : Number(price),
    -seconds,
  ];
}

function switchesOf({ sound, webSearch, watermark }: VideoRequest): number {
  return [sound, webSearch, watermark].filter((value) => value !== undefined).length;
}

function stepOf({ resolution }: VideoRequest): number {
  return resolution === undefined ? 0 : RESOLUTIONS.indexOf(resolution);
}

function ratioCost(route: Route, asked: VideoRequest, { ratio }: VideoRequest): number {
  if (asked.ratio === undefined || ratio === undefined || asked.ratio === ratio) return -1;
  if (ratio === 'adaptive') return 1000;
  return Math.abs(Math.log(shapeOf(ratio) / wantedShape(route, asked, asked.ratio)));
}

function wantedShape({ ratios }: Route, asked: VideoRequest, ratio: Ratio): number {
  if (ratio !== 'adaptive') return shapeOf(ratio);
  const picture = givenMedia(asked).find(({ kind }) => kind === 'image')?.attachment;
  if (picture !== undefined) return (picture.width ?? 0) / (picture.height ?? 1);
  const own = ratios.default ?? 'adaptive';
  return shapeOf(own === 'adaptive' ? '16:9' : own);
}

function shapeOf(ratio: Ratio): number {
  const [width = 0, height = 1] = ratio.split(':').map(Number);
  return width / height;
}

export function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

function subsets<T>(items: readonly T[]): T[][] {
  return items.reduce<T[][]>(
    (all, item) => [...all, ...all.map((subset) => [...subset, item])],
    [[]],
  );
}
