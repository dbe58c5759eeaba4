import { givenMedia } from './given-media.ts';
import { withoutOptions } from './given-options.ts';
import type { IssueReason, RequestIssue } from './request-issue.ts';
import type { VideoRequest } from './request.ts';
import type { Route } from './route.ts';
import { mediaIssues } from './validate-media.ts';
import { validateRequest } from './validate.ts';

/**
 * What makes a fault go away. `nothing`: there is no value to mend. `drop`: every option that it
 * names, because no smaller set of media makes one of them acceptable. `fewer`: some media of the
 * kind. `choose`: the frames or the references, as the caller decides. `web-search`: the switch,
 * which is a lesser loss than the media. `value`: another value of its option.
 */
type Mending = 'nothing' | 'drop' | 'fewer' | 'choose' | 'web-search' | 'value';

const MENDING: Readonly<Record<IssueReason['kind'], Mending>> = {
  'prompt-empty': 'nothing',
  'prompt-too-long': 'nothing',
  'names-unknown': 'nothing',
  'names-not-taken': 'nothing',
  'names-without-room': 'nothing',
  'names-elsewhere': 'nothing',
  'names-preparing': 'nothing',
  'names-failed': 'nothing',
  'names-lost': 'nothing',
  'duration-unreadable': 'nothing',
  'media-type': 'nothing',
  'media-bytes': 'nothing',
  'media-seconds': 'nothing',
  'media-pixels': 'nothing',
  'media-not-taken': 'drop',
  'frames-not-taken': 'drop',
  'last-needs-first': 'drop',
  'last-not-taken': 'drop',
  'frames-both-needed': 'drop',
  'audio-alone': 'drop',
  'switch-not-taken': 'drop',
  'media-count': 'fewer',
  'media-total-bytes': 'fewer',
  'media-total-seconds': 'fewer',
  'frames-with-references': 'choose',
  'audio-with-frames': 'choose',
  'web-search-with-media': 'web-search',
  duration: 'value',
  resolution: 'value',
  ratio: 'value',
};

/** The issues of a request for a route that this mends. */
export function issuesMendedBy(
  mending: Mending,
  route: Route,
  request: VideoRequest,
): RequestIssue[] {
  return validateRequest(route, request).filter(({ reason }) => MENDING[reason.kind] === mending);
}

/** Whether a request has a fault without a value to mend: an empty prompt, or a file too large. */
export function isBeyondMending(route: Route, request: VideoRequest): boolean {
  return issuesMendedBy('nothing', route, request).length > 0 || hasFileBeyondTotal(route, request);
}

/** Whether one file alone exceeds what all of its kind together may have. */
function hasFileBeyondTotal(route: Route, request: VideoRequest): boolean {
  const given = givenMedia(request).map(({ option }) => option);
  return given.some((option) => {
    const others = given.filter((other) => other !== option);
    return mediaIssues(route, withoutOptions(request, others)).some(
      ({ reason }) => MENDING[reason.kind] === 'fewer',
    );
  });
}
