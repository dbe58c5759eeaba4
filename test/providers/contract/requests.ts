import { isDeepStrictEqual } from 'node:util';
import {
  effectiveRatio,
  effectiveResolution,
  toSubmission,
} from '../../../src/domain/routes/submission.ts';
import { MEDIA_OPTIONS } from '../../../src/domain/routes/options.ts';
import type { VideoOption } from '../../../src/domain/routes/options.ts';
import type { VideoRequest } from '../../../src/domain/routes/request.ts';
import type { Route } from '../../../src/domain/routes/route.ts';
import { createBodyBy } from '../../../src/providers/create-body-by.ts';
import { validateRequest } from '../../../src/domain/routes/validate.ts';
import type {
  ParsedClip,
  RequestedClip,
} from '../../../src/simulators/providers/requested-clip.ts';
import { aRequest, media, numbered } from '../../fakes/a-request.ts';
import type { Scene } from './scene.ts';

/** A request for a route, and whether its documents allow it. */
export interface RouteRequest {
  /** What of the route it is about. */
  readonly what: string;
  readonly request: VideoRequest;
}

/** The body of a request as it is sent, whether the route takes it or not. */
export function bodyOf({ descriptor }: Scene, route: Route, request: VideoRequest): unknown {
  const baseUrl = descriptor.settings.address.default;
  const createBody = createBodyBy(descriptor, { baseUrl });
  return JSON.parse(JSON.stringify(createBody(route, toSubmission(route, request))));
}

/** What the simulation, which is written from the documents, says to a request. */
export function bySimulation(scene: Scene, route: Route, request: VideoRequest): ParsedClip {
  return scene.dialect.readCreate(bodyOf(scene, route, request));
}

/**
 * What speaks against a request by the documents: that the provider refuses it, or that something of
 * it would be ignored. `undefined` if it makes what was asked for.
 */
export function againstIt(scene: Scene, route: Route, request: VideoRequest): string | undefined {
  const read = bySimulation(scene, route, request);
  if (!read.ok) return read.reason;
  const understood: Readonly<Record<string, unknown>> = {
    ...read.clip,
    media: read.clip.media.map(({ use, address }) => ({ use, address })),
  };
  const ignored = Object.entries(expectedClip(route, request)).filter(
    ([name, asked]) => !isDeepStrictEqual(understood[name], asked),
  );
  return ignored.length === 0 ? undefined : `ignored: ${ignored.map(([name]) => name).join(', ')}`;
}

/** Whether the bot lets a request go. */
export function isTaken(route: Route, request: VideoRequest): boolean {
  return validateRequest(route, request).length === 0;
}

/** A request with these options of `/video` attached. */
export function withMedia(
  options: readonly VideoOption[],
  changes: Partial<VideoRequest> = {},
): VideoRequest {
  return aRequest({ media: media(options), ...changes });
}

const FRAMES = ['first_frame', 'last_frame'] as const;

/** The attachment options of a kind that `/video` has. */
const referencesOf = (kind: 'image' | 'video' | 'audio'): VideoOption[] => numbered(kind, 9);

/** What audio is attached with, so that it is never alone. */
export function besideAudio({ media: { image, video }, frames }: Route): VideoOption[] {
  if (typeof image !== 'string') return ['image1'];
  if (typeof video !== 'string') return ['video1'];
  return typeof frames === 'string' && !['not-taken', 'asset-library-only'].includes(frames)
    ? ['first_frame']
    : [];
}

/** Requests that try everything that a route may or may not take of media and how they go together. */
export function mediaRequests(route: Route): RouteRequest[] {
  const [first, last] = FRAMES;
  const together: readonly (readonly VideoOption[])[] = [
    [first],
    [last],
    [first, last],
    [first, 'image1'],
    [first, last, 'image1'],
    [first, last, 'video1'],
    [first, last, 'audio1'],
    ['audio1'],
    ['audio1', 'image1'],
    ['audio1', 'video1'],
    ['image1', 'video1'],
    ['image1', 'image9', 'video3', 'audio1'],
  ];
  const companions = besideAudio(route);
  const counts = (['image', 'video', 'audio'] as const).flatMap((kind) =>
    referencesOf(kind).map((_, index) => [
      ...numbered(kind, index + 1),
      ...(kind === 'audio' ? companions : []),
    ]),
  );
  return [...together, ...counts].map((options) => ({
    what: options.join(' + '),
    request: withMedia(options),
  }));
}

const USES = {
  first_frame: 'first-frame',
  last_frame: 'last-frame',
  image: 'reference-image',
  video: 'reference-video',
  audio: 'reference-audio',
} as const;

function useOf(option: string): RequestedClip['media'][number]['use'] {
  if (option === 'first_frame' || option === 'last_frame') return USES[option];
  const kind = (['image', 'video', 'audio'] as const).find((known) => option.startsWith(known));
  if (kind === undefined) throw new Error(`${option} is no medium`);
  return USES[kind];
}

/** What the provider has to understand of a request. */
export function expectedClip(route: Route, request: VideoRequest) {
  const options = MEDIA_OPTIONS.map(({ option }) => option).filter((option) =>
    Object.hasOwn(request.media, option),
  );
  const addresses = new Map<string, string>(
    Object.entries(request.media).map(([option, file]) => [option, file?.url ?? '']),
  );
  const ratio = effectiveRatio(route, request.ratio);
  return {
    prompt: request.prompt,
    durationSeconds: request.durationSeconds ?? route.duration.default,
    resolution: request.resolution ?? effectiveResolution(route, undefined),
    ...(ratio === undefined ? {} : { ratio }),
    media: options.map((option) => ({ use: useOf(option), address: addresses.get(option) })),
    // Nor is there a sound where no model makes one.
    ...(request.sound === undefined || (route.isSilent === true && !request.sound)
      ? {}
      : { sound: request.sound }),
    ...(request.watermark === undefined ? {} : { watermark: request.watermark }),
    // Without the field there is none, which is what was asked for.
    ...(request.webSearch === true ? { webSearch: true } : {}),
  };
}
