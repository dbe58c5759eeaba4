import { givenMedia } from '../routes/given-media.ts';
import { MEDIA_OPTIONS } from '../routes/options.ts';
import type { VideoOption } from '../routes/options.ts';
import type { Attachment, VideoRequest } from '../routes/request.ts';
import { takesFrames } from '../routes/route-filter.ts';
import type { Route } from '../routes/route.ts';

/** Where pictures of a request go: a frame, or the references together. */
type PictureSlotName = 'first_frame' | 'last_frame' | 'references';

/** A place for pictures that a member gives in place of others. */
export interface PictureSlot {
  readonly name: PictureSlotName;
  readonly isRequired: boolean;
  /** The options of `/video` that it fills, in order. */
  readonly options: readonly VideoOption[];
}

const REFERENCES: readonly VideoOption[] = MEDIA_OPTIONS.flatMap(({ option, role }) =>
  role === 'reference_image' ? [option] : [],
);

/**
 * The places of a request's pictures: frames or references, as it has them. Of a request without
 * pictures, frames where the route takes a first one; empty where it does not.
 */
export function pictureSlots(request: VideoRequest, route: Route): PictureSlot[] {
  const roles = new Set(givenMedia(request).map(({ role }) => role));
  if (roles.has('reference_image')) return [referenceSlot(route)];
  const hasFirst = roles.has('first_frame');
  const hasLast = roles.has('last_frame');
  const isPair = route.frames === 'pair';
  if (!takesFrames(route) && !hasFirst && !hasLast) return [];
  // What the request has only one of stays that; a pair has both.
  const isLastAlone = hasLast && !hasFirst;
  const first: PictureSlot = {
    name: 'first_frame',
    isRequired: isPair || !isLastAlone,
    options: ['first_frame'],
  };
  if (route.frames === 'first-only' && !hasLast) return [first];
  return [
    first,
    { name: 'last_frame', isRequired: isPair || isLastAlone, options: ['last_frame'] },
  ];
}

function referenceSlot({ media: { image } }: Route): PictureSlot {
  const max = (typeof image === 'object' ? image.maxCount : undefined) ?? REFERENCES.length;
  return { name: 'references', isRequired: true, options: REFERENCES.slice(0, max) };
}

/** The request without its pictures. */
export function withoutPictures(request: VideoRequest): VideoRequest {
  const others = givenMedia(request).filter(({ kind }) => kind !== 'image');
  return withMedia(
    request,
    others.map(({ option, attachment }) => [option, attachment]),
  );
}

/** The request with these pictures besides what it has. */
export function withPictures(
  request: VideoRequest,
  pictures: readonly (readonly [VideoOption, Attachment])[],
): VideoRequest {
  const before = givenMedia(request).map(({ option, attachment }) => [option, attachment] as const);
  return withMedia(request, [...before, ...pictures]);
}

function withMedia(
  request: VideoRequest,
  entries: readonly (readonly [VideoOption, Attachment])[],
): VideoRequest {
  return { ...request, media: Object.fromEntries(entries) };
}
