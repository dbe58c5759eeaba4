import type { RequestIssue, IssueReason } from './request-issue.ts';
import { givenMedia, isFrame } from './given-media.ts';
import type { GivenMedia } from './given-media.ts';
import { mimeTypeOf } from './mime-type.ts';
import type { MediaKind } from './options.ts';
import type { VideoRequest } from './request.ts';
import type { MediaLimits, Route } from './route.ts';

const KINDS: readonly MediaKind[] = ['image', 'video', 'audio'];

/** Faults of the attachments themselves: taken at all, how many, of what type, size and length. */
export function mediaFaults(route: Route, request: VideoRequest): RequestIssue[] {
  const given = givenMedia(request);
  return [
    ...given.flatMap((media) => kindFaults(media)),
    ...frameFaults(route, given.filter(isFrame)),
    ...KINDS.flatMap((kind) =>
      referenceFaults(
        route,
        kind,
        given.filter((media) => media.kind === kind && !isFrame(media)),
      ),
    ),
  ];
}

/** The option asks for an image, a video or audio: anything else would be sent as what it is not. */
function kindFaults(media: GivenMedia): RequestIssue[] {
  const type = mimeTypeOf(media.attachment);
  if (type?.startsWith(`${media.kind}/`) === true) return [];
  return [
    {
      options: [media.option],
      reason: {
        kind: 'media-type',
        media: media.kind,
        ...(type === undefined ? {} : { given: type }),
      },
    },
  ];
}

function frameFaults(route: Route, frames: readonly GivenMedia[]): RequestIssue[] {
  if (frames.length === 0) return [];
  const { frames: rule, media } = route;
  if (rule !== 'any' && rule !== 'first' && rule !== 'pair') {
    return [
      {
        options: frames.map((frame) => frame.option),
        reason: { kind: 'frames-not-taken', why: rule },
      },
    ];
  }
  if (typeof media.image === 'string') return [];
  return fileFaults(media.image, frames);
}

function referenceFaults(
  route: Route,
  kind: MediaKind,
  given: readonly GivenMedia[],
): RequestIssue[] {
  if (given.length === 0) return [];
  const rule = route.media[kind];
  if (typeof rule === 'string') {
    return [
      {
        options: given.map((media) => media.option),
        reason: { kind: 'media-not-taken', media: kind, why: rule },
      },
    ];
  }
  return [
    ...countFaults(rule, kind, given),
    ...fileFaults(rule, given),
    ...totalFaults(rule, given),
  ];
}

function countFaults(
  limits: MediaLimits,
  kind: MediaKind,
  given: readonly GivenMedia[],
): RequestIssue[] {
  const { maxCount } = limits;
  if (maxCount === undefined || given.length <= maxCount) return [];
  return [
    {
      options: given.slice(maxCount).map((media) => media.option),
      reason: { kind: 'media-count', media: kind, given: given.length, max: maxCount },
    },
  ];
}

function fileFaults(limits: MediaLimits, given: readonly GivenMedia[]): RequestIssue[] {
  return given.flatMap((media) =>
    [typeFault(limits, media), bytesFault(limits, media), ...sizeFaults(limits, media)].flatMap(
      (reason) => (reason === undefined ? [] : [{ options: [media.option], reason }]),
    ),
  );
}

/** A wrong kind is reported once, by kindFaults; here only formats within the kind. */
function typeFault(limits: MediaLimits, { kind, attachment }: GivenMedia): IssueReason | undefined {
  const given = mimeTypeOf(attachment);
  if (given?.startsWith(`${kind}/`) !== true) return undefined;
  const { mimeTypes: accepted, refusedMimeTypes: refused } = limits;
  const isTaken = accepted?.includes(given) ?? true;
  const isRefused = refused?.includes(given) ?? false;
  if (isTaken && !isRefused) return undefined;
  return {
    kind: 'media-type',
    media: kind,
    given,
    ...(accepted === undefined ? {} : { accepted }),
    ...(refused === undefined ? {} : { refused }),
  };
}

function bytesFault(
  { maxBytes }: MediaLimits,
  { attachment }: GivenMedia,
): IssueReason | undefined {
  if (maxBytes === undefined || attachment.bytes <= maxBytes) return undefined;
  return { kind: 'media-bytes', given: attachment.bytes, max: maxBytes };
}

/** Length and pixels are judged only where Discord tells them. */
function sizeFaults(limits: MediaLimits, { attachment }: GivenMedia): IssueReason[] {
  const faults: IssueReason[] = [];
  const { width, height, seconds } = attachment;
  if (seconds !== undefined && limits.maxSeconds !== undefined) {
    const min = limits.minSeconds ?? 0;
    if (seconds < min || seconds > limits.maxSeconds) {
      faults.push({ kind: 'media-seconds', given: seconds, min, max: limits.maxSeconds });
    }
  }
  if (width !== undefined && height !== undefined && limits.maxShortSide !== undefined) {
    const min = limits.minShortSide ?? 1;
    const shortSide = Math.min(width, height);
    if (shortSide < min || shortSide > limits.maxShortSide) {
      faults.push({ kind: 'media-pixels', width, height, min, max: limits.maxShortSide });
    }
  }
  return faults;
}

function totalFaults(limits: MediaLimits, given: readonly GivenMedia[]): RequestIssue[] {
  const faults: RequestIssue[] = [];
  const options = given.map((media) => media.option);
  const bytes = given.reduce((sum, media) => sum + media.attachment.bytes, 0);
  if (limits.maxTotalBytes !== undefined && bytes > limits.maxTotalBytes) {
    faults.push({
      options,
      reason: { kind: 'media-total-bytes', given: bytes, max: limits.maxTotalBytes },
    });
  }
  const seconds = given.reduce((sum, media) => sum + (media.attachment.seconds ?? 0), 0);
  if (limits.maxTotalSeconds !== undefined && seconds > limits.maxTotalSeconds) {
    faults.push({
      options,
      reason: { kind: 'media-total-seconds', given: seconds, max: limits.maxTotalSeconds },
    });
  }
  return faults;
}
