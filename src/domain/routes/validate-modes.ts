import type { RequestIssue, IssueReason } from './request-issue.ts';
import { givenMedia, isFrame } from './given-media.ts';
import type { GivenMedia } from './given-media.ts';
import type { VideoRequest } from './request.ts';
import type { Route } from './route.ts';

interface MediaGroups {
  readonly all: readonly GivenMedia[];
  readonly frames: readonly GivenMedia[];
  readonly images: readonly GivenMedia[];
  readonly videos: readonly GivenMedia[];
  readonly audios: readonly GivenMedia[];
}

/** Faults between options: frames beside references, one frame of two, audio alone, web search. */
export function modeFaults(route: Route, request: VideoRequest): RequestIssue[] {
  const groups = groupMedia(givenMedia(request));
  return [
    ...conflictFaults(route, groups),
    ...partnerFaults(route, request),
    ...audioFaults(route, groups),
    ...webSearchFaults(route, request, groups),
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

function fault(media: readonly GivenMedia[], reason: IssueReason): RequestIssue {
  return { options: media.map(({ option }) => option), reason };
}

/** A route that takes no media at all is not also told of conflicts between them. */
function takesFrames(route: Route): boolean {
  return route.frames === 'any' || route.frames === 'first' || route.frames === 'pair';
}

function conflictFaults(route: Route, { all, frames, images }: MediaGroups): RequestIssue[] {
  if (!takesFrames(route) || frames.length === 0) return [];
  const references = route.framesExcludeReferences
    ? all.filter((media) => !isFrame(media))
    : images;
  if (references.length === 0) return [];
  return [fault([...frames, ...references], { kind: 'frames-with-references' })];
}

function partnerFaults(route: Route, { media }: VideoRequest): RequestIssue[] {
  const hasFirst = media.first_frame !== undefined;
  const hasLast = media.last_frame !== undefined;
  if (route.frames === 'first' && hasLast && !hasFirst) {
    return [{ options: ['last_frame'], reason: { kind: 'last-needs-first' } }];
  }
  if (route.frames === 'pair' && hasFirst !== hasLast) {
    const option = hasFirst ? 'first_frame' : 'last_frame';
    return [{ options: [option], reason: { kind: 'frames-both-needed' } }];
  }
  return [];
}

function audioFaults(route: Route, groups: MediaGroups): RequestIssue[] {
  const { audios, frames, images, videos } = groups;
  if (audios.length === 0 || typeof route.media.audio === 'string') return [];
  const faults: RequestIssue[] = [];
  const needs = route.audioNeeds;
  const company = { image: images, video: videos, frame: frames };
  const isAlone = needs !== undefined && needs.every((kind) => company[kind].length === 0);
  // Beside frames that exclude references the conflict is already told.
  const isReportedAsConflict = route.framesExcludeReferences && frames.length > 0;
  if (isAlone && !isReportedAsConflict) faults.push(fault(audios, { kind: 'audio-alone', needs }));
  if (route.audioExcludesFrames === true && frames.length > 0) {
    faults.push(fault([...frames, ...audios], { kind: 'audio-with-frames' }));
  }
  return faults;
}

function webSearchFaults(
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
