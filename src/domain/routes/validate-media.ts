import type { FileReason, RequestIssue } from './request-issue.ts';
import { givenMedia, isFrame } from './given-media.ts';
import type { GivenMedia } from './given-media.ts';
import { mimeTypeOf } from './mime-type.ts';
import type { MediaKind } from './options.ts';
import type { Attachment, VideoRequest } from './request.ts';
import type { MediaLimits, Route } from './route.ts';

const KINDS: readonly MediaKind[] = ['image', 'video', 'audio'];

/** Finds issues of the attachments: whether they are accepted, their number, type, size and length. */
export function mediaIssues(route: Route, request: VideoRequest): RequestIssue[] {
  const given = givenMedia(request);
  return [
    ...given.flatMap((media) => kindIssues(media)),
    ...frameIssues(route, given.filter(isFrame)),
    ...KINDS.flatMap((kind) =>
      referenceIssues(
        route,
        kind,
        given.filter((media) => media.kind === kind && !isFrame(media)),
      ),
    ),
  ];
}

/** Finds attachments of another kind than their option's, which would be sent in a wrong field. */
function kindIssues(media: GivenMedia): RequestIssue[] {
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

function frameIssues(route: Route, frames: readonly GivenMedia[]): RequestIssue[] {
  if (frames.length === 0) return [];
  const { frames: rule, media } = route;
  if (rule === 'not-taken' || rule === 'asset-library-only') {
    return [
      {
        options: frames.map((frame) => frame.option),
        reason: { kind: 'frames-not-taken', why: rule },
      },
    ];
  }
  if (typeof media.image === 'string') return [];
  return fileIssues(media.image, frames);
}

function referenceIssues(
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
    ...countIssues(rule, kind, given),
    ...fileIssues(rule, given),
    ...totalIssues(rule, given),
  ];
}

function countIssues(
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

function fileIssues(limits: MediaLimits, given: readonly GivenMedia[]): RequestIssue[] {
  return given.flatMap(({ kind, option, attachment }) =>
    fileReasons(limits, kind, attachment).map((reason) => ({ options: [option], reason })),
  );
}

/** Why a file is not taken: its format, size, length or pixels, as far as Discord tells them. */
export function fileReasons(limits: MediaLimits, kind: MediaKind, file: FileFacts): FileReason[] {
  return [
    typeIssue(limits, kind, file),
    bytesIssue(limits, file),
    ...sizeIssues(limits, file),
  ].filter((reason) => reason !== undefined);
}

/** What Discord reports about a file. */
type FileFacts = Omit<Attachment, 'url'>;

/** Checks the format within the kind; a wrong kind is already reported by kindIssues. */
function typeIssue(limits: MediaLimits, kind: MediaKind, file: FileFacts): FileReason | undefined {
  const given = mimeTypeOf(file);
  if (given?.startsWith(`${kind}/`) !== true) return undefined;
  const { mimeTypes: accepted, refusedMimeTypes: refused } = limits;
  const isAccepted = accepted?.includes(given) ?? true;
  const isRefused = refused?.includes(given) ?? false;
  if (isAccepted && !isRefused) return undefined;
  return {
    kind: 'media-type',
    media: kind,
    given,
    ...(accepted === undefined ? {} : { accepted }),
    ...(refused === undefined ? {} : { refused }),
  };
}

function bytesIssue({ maxBytes }: MediaLimits, { bytes }: FileFacts): FileReason | undefined {
  if (maxBytes === undefined || bytes <= maxBytes) return undefined;
  return { kind: 'media-bytes', given: bytes, max: maxBytes };
}

/** Checks length and pixels, if Discord reports them. */
function sizeIssues(limits: MediaLimits, file: FileFacts): FileReason[] {
  const issues: FileReason[] = [];
  const { width, height, seconds } = file;
  if (seconds !== undefined && limits.maxSeconds !== undefined) {
    const min = limits.minSeconds ?? 0;
    if (seconds < min || seconds > limits.maxSeconds) {
      issues.push({ kind: 'media-seconds', given: seconds, min, max: limits.maxSeconds });
    }
  }
  if (width !== undefined && height !== undefined && limits.side !== undefined) {
    const { min, max } = limits.side;
    if (Math.min(width, height) < min || Math.max(width, height) > max) {
      issues.push({ kind: 'media-pixels', width, height, min, max });
    }
  }
  return issues;
}

function totalIssues(limits: MediaLimits, given: readonly GivenMedia[]): RequestIssue[] {
  const issues: RequestIssue[] = [];
  const options = given.map((media) => media.option);
  const bytes = given.reduce((sum, media) => sum + media.attachment.bytes, 0);
  if (limits.maxTotalBytes !== undefined && bytes > limits.maxTotalBytes) {
    issues.push({
      options,
      reason: { kind: 'media-total-bytes', given: bytes, max: limits.maxTotalBytes },
    });
  }
  const seconds = given.reduce((sum, media) => sum + (media.attachment.seconds ?? 0), 0);
  if (limits.maxTotalSeconds !== undefined && seconds > limits.maxTotalSeconds) {
    issues.push({
      options,
      reason: { kind: 'media-total-seconds', given: seconds, max: limits.maxTotalSeconds },
    });
  }
  return issues;
}
