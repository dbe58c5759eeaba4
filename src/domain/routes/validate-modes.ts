import type { RequestIssue, IssueReason } from './request-issue.ts';
import { givenMedia, isFrame } from './given-media.ts';
import type { GivenMedia } from './given-media.ts';
import type { VideoRequest } from './request.ts';
import { takesFrames } from './route-filter.ts';
import type { Route } from './route.ts';

interface MediaGroups {
  readonly all: readonly GivenMedia[];
  readonly frames: readonly GivenMedia[];
  readonly images: readonly GivenMedia[];
  readonly videos: readonly GivenMedia[];
  readonly audios: readonly GivenMedia[];
}

/** Finds conflicts between options: frames with references, a single frame, audio, web search. */
export function modeIssues(route: Route, request: VideoRequest): RequestIssue[] {
  const groups = groupMedia(givenMedia(request));
  return [
    ...conflictIssues(route, groups),
    ...partnerIssues(route, request),
    ...audioIssues(route, groups),
    ...webSearchIssues(route, request, groups),
  ];
}

function groupMedia(all: readonly GivenMedia[]): MediaGroups {
  const references = all.filter((media) => !isFrame(media));
  return {
    all,
    frames: all.filter(isFrame),
    images: references.filter((media) => media.kind === 'image'),
    videos: references.filter((media) => media.kind === 'video'),
    audios: references.filter((media) => media.kind === 'audio'),
  };
}

function issueOf(media: readonly GivenMedia[], reason: IssueReason): RequestIssue {
  return { options: media.map(({ option }) => option), reason };
}

function conflictIssues(route: Route, { all, frames, images }: MediaGroups): RequestIssue[] {
  // Where a route takes no frames, their conflicts are not reported as well.
  if (!takesFrames(route) || frames.length === 0) return [];
  const references = route.framesExcludeReferences
    ? all.filter((media) => !isFrame(media))
    : images;
  if (references.length === 0) return [];
  return [issueOf([...frames, ...references], { kind: 'frames-with-references' })];
}

function partnerIssues(route: Route, { media }: VideoRequest): RequestIssue[] {
  const hasFirst = media.first_frame !== undefined;
  const hasLast = media.last_frame !== undefined;
  if (route.frames === 'first-only' && hasLast) {
    return [{ options: ['last_frame'], reason: { kind: 'last-not-taken' } }];
  }
  if (route.frames === 'first' && hasLast && !hasFirst) {
    return [{ options: ['last_frame'], reason: { kind: 'last-needs-first' } }];
  }
  if (route.frames === 'pair' && hasFirst !== hasLast) {
    const option = hasFirst ? 'first_frame' : 'last_frame';
    return [{ options: [option], reason: { kind: 'frames-both-needed' } }];
  }
  return [];
}

function audioIssues(route: Route, groups: MediaGroups): RequestIssue[] {
  const { audios, frames, images, videos } = groups;
  if (audios.length === 0 || typeof route.media.audio === 'string') return [];
  const issues: RequestIssue[] = [];
  const needs = route.audioNeeds;
  const others = { image: images, video: videos, frame: frames };
  const isAlone = needs !== undefined && needs.every((kind) => others[kind].length === 0);
  // With frames that exclude references, conflictIssues has reported the conflict.
  const isReportedAsConflict = route.framesExcludeReferences && frames.length > 0;
  if (isAlone && !isReportedAsConflict) {
    issues.push(issueOf(audios, { kind: 'audio-alone', needs }));
  }
  if (route.audioExcludesFrames === true && frames.length > 0) {
    issues.push(issueOf([...frames, ...audios], { kind: 'audio-with-frames' }));
  }
  return issues;
}

function webSearchIssues(
  route: Route,
  request: VideoRequest,
  { all }: MediaGroups,
): RequestIssue[] {
  if (request.webSearch !== true || route.webSearch !== 'text-only' || all.length === 0) return [];
  return [
    {
      options: [...all.map(({ option }) => option), 'web_search'],
      reason: { kind: 'web-search-with-media' },
    },
  ];
}
