import { givenMedia, isFrame } from './given-media.ts';
import type { VideoOption } from './options.ts';
import type { RequestIssue, ValueLimit } from './request-issue.ts';
import type { VideoRequest } from './request.ts';
import type { Route } from './route.ts';

/** Finds a resolution or ratio that the route does not make, or not with the media of the request. */
export function valueIssues(route: Route, request: VideoRequest): RequestIssue[] {
  return [...resolutionIssues(route, request), ...ratioIssues(route, request)];
}

function resolutionIssues({ output }: Route, request: VideoRequest): RequestIssue[] {
  const given = request.resolution;
  if (given === undefined) return [];
  const all = output.kind === 'fixed' ? [output.resolution] : output.resolutions;
  const limit = limitsOf(request).find(({ because }) => because === 'references');
  const withReferences = output.kind === 'fixed' ? undefined : output.withReferences;
  const accepted = limit === undefined ? all : (withReferences ?? all);
  if (accepted.includes(given)) return [];
  const { because, options } = reasonFor(limit, all.includes(given));
  return [
    {
      options: ['resolution', ...options],
      reason: { kind: 'resolution', given, accepted, ...because },
    },
  ];
}

function ratioIssues({ ratios }: Route, request: VideoRequest): RequestIssue[] {
  const given = request.ratio;
  if (given === undefined) return [];
  const limited = { frames: ratios.withFrames, text: ratios.ofText, references: undefined };
  const limit = limitsOf(request).find(({ because }) => limited[because] !== undefined);
  const accepted =
    limit === undefined ? ratios.accepted : (limited[limit.because] ?? ratios.accepted);
  if (accepted.includes(given)) return [];
  const { because, options } = reasonFor(limit, ratios.accepted.includes(given));
  return [
    { options: ['ratio', ...options], reason: { kind: 'ratio', given, accepted, ...because } },
  ];
}

/** The limit is to blame only for what the route makes without it. */
function reasonFor(limit: Limit | undefined, isMadeWithout: boolean) {
  return limit === undefined || !isMadeWithout
    ? { because: {}, options: [] }
    : { because: { because: limit.because }, options: limit.options };
}

interface Limit {
  readonly because: ValueLimit;
  readonly options: readonly VideoOption[];
}

/** What of a request may leave a route fewer values, with the options that say so. */
function limitsOf(request: VideoRequest): Limit[] {
  const given = givenMedia(request);
  const frames = given.filter(isFrame).map(({ option }) => option);
  const references = given.filter((media) => !isFrame(media)).map(({ option }) => option);
  return [
    ...(frames.length > 0 ? [{ because: 'frames', options: frames } as const] : []),
    ...(references.length > 0 ? [{ because: 'references', options: references } as const] : []),
    ...(given.length === 0 ? [{ because: 'text', options: [] } as const] : []),
  ];
}
