import type { RequestIssue } from './request-issue.ts';
import { mediaFaults } from './validate-media.ts';
import { modeFaults } from './validate-modes.ts';
import type { VideoRequest } from './request.ts';
import type { Route } from './route.ts';

/**
 * Every fault of a request for a route, all at once; none means that the route takes it as it stands.
 * Only what a document forbids is a fault: the rest goes to the provider, which answers for itself.
 */
export function validateRequest(route: Route, request: VideoRequest): RequestIssue[] {
  return [
    ...promptFaults(route, request),
    ...durationFaults(route, request),
    ...resolutionFaults(route, request),
    ...ratioFaults(route, request),
    ...switchFaults(route, request),
    ...mediaFaults(route, request),
    ...modeFaults(route, request),
  ];
}

/** The other routes, of those that are on, that would take the request without a change. */
export function routesTaking(
  request: VideoRequest,
  routesOn: readonly Route[],
  except: Route,
): Route[] {
  return routesOn.filter(
    (route) => route.id !== except.id && validateRequest(route, request).length === 0,
  );
}

/** `/video` itself takes 1 to 5000 characters, whatever the route's documents say. */
const PROMPT_MAX_CHARS = 5000;

function promptFaults(route: Route, { prompt }: VideoRequest): RequestIssue[] {
  if (prompt.trim() === '') return [{ options: ['prompt'], reason: { kind: 'prompt-empty' } }];
  const max = Math.min(route.promptMaxChars ?? PROMPT_MAX_CHARS, PROMPT_MAX_CHARS);
  const given = charactersOf(prompt);
  if (given <= max) return [];
  return [{ options: ['prompt'], reason: { kind: 'prompt-too-long', given, max } }];
}

function durationFaults(route: Route, request: VideoRequest): RequestIssue[] {
  const given = request.durationSeconds;
  const { min, max } = route.duration;
  if (given === undefined || (Number.isInteger(given) && given >= min && given <= max)) return [];
  return [{ options: ['duration'], reason: { kind: 'duration', given, min, max } }];
}

function resolutionFaults(route: Route, request: VideoRequest): RequestIssue[] {
  const given = request.resolution;
  const { output } = route;
  const accepted = output.kind === 'fixed' ? [output.resolution] : output.resolutions;
  if (given === undefined || accepted.includes(given)) return [];
  return [{ options: ['resolution'], reason: { kind: 'resolution', given, accepted } }];
}

function ratioFaults(route: Route, request: VideoRequest): RequestIssue[] {
  const given = request.ratio;
  const { accepted } = route.ratios;
  if (given === undefined || accepted.includes(given)) return [];
  return [{ options: ['ratio'], reason: { kind: 'ratio', given, accepted } }];
}

/** A switch that the route does not document is refused; `web_search: false` asks for nothing. */
function switchFaults(route: Route, request: VideoRequest): RequestIssue[] {
  const faults: RequestIssue[] = [];
  const refuse = (option: 'sound' | 'watermark' | 'web_search', given: boolean): void => {
    faults.push({ options: [option], reason: { kind: 'switch-not-taken', given } });
  };
  if (request.sound !== undefined && route.sound === undefined) refuse('sound', request.sound);
  if (request.webSearch === true && route.webSearch === undefined) refuse('web_search', true);
  if (request.watermark !== undefined && route.watermark === undefined) {
    refuse('watermark', request.watermark);
  }
  return faults;
}

/** Discord counts code points, not UTF-16 units. */
function charactersOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
