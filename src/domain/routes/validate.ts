import { charactersOf } from './characters-of.ts';
import type { RequestIssue } from './request-issue.ts';
import { mediaIssues } from './validate-media.ts';
import { valueIssues } from './validate-values.ts';
import { modeIssues } from './validate-modes.ts';
import { nameIssues } from './validate-names.ts';
import type { VideoRequest } from './request.ts';
import type { Lengths, Route } from './route.ts';

/**
 * Finds every issue of a request for a route; without any, the route accepts it unchanged. Only what
 * a document forbids is an issue: everything else is left to the provider.
 */
export function validateRequest(route: Route, request: VideoRequest): RequestIssue[] {
  return [
    ...promptIssues(route, request),
    ...nameIssues(route, request),
    ...durationIssues(route, request),
    ...valueIssues(route, request),
    ...switchIssues(route, request),
    ...mediaIssues(route, request),
    ...modeIssues(route, request),
  ];
}

/** The enabled routes other than `except` that accept the request unchanged. */
export function routesAccepting(
  request: VideoRequest,
  enabledRoutes: readonly Route[],
  except: Route,
): Route[] {
  return enabledRoutes.filter(
    (route) => route.id !== except.id && validateRequest(route, request).length === 0,
  );
}

/** `/video` accepts 1 to 5000 characters, whatever the route's documents say. */
const PROMPT_MAX_CHARS = 5000;

function promptIssues(route: Route, { prompt }: VideoRequest): RequestIssue[] {
  if (prompt.trim() === '') return [{ options: ['prompt'], reason: { kind: 'prompt-empty' } }];
  const max = Math.min(route.promptMaxChars ?? PROMPT_MAX_CHARS, PROMPT_MAX_CHARS);
  const given = charactersOf(prompt);
  if (given <= max) return [];
  return [{ options: ['prompt'], reason: { kind: 'prompt-too-long', given, max } }];
}

function durationIssues(route: Route, request: VideoRequest): RequestIssue[] {
  const given = request.durationSeconds;
  const { default: _, ...lengths } = route.duration;
  if (given === undefined || isLengthOf(given, lengths)) return [];
  return [{ options: ['duration'], reason: { kind: 'duration', given, ...lengths } }];
}

function isLengthOf(seconds: number, { min, max, only }: Lengths): boolean {
  if (only !== undefined) return only.includes(seconds);
  return Number.isInteger(seconds) && seconds >= min && seconds <= max;
}

/**
 * Finds switches that the route does not document; `web_search: false` is always accepted, and
 * `sound: false` by a route that makes none.
 */
function switchIssues(route: Route, request: VideoRequest): RequestIssue[] {
  const issues: RequestIssue[] = [];
  const refuse = (option: 'sound' | 'watermark' | 'web_search', given: boolean): void => {
    issues.push({ options: [option], reason: { kind: 'switch-not-taken', given } });
  };
  const isSoundTaken = route.sound !== undefined || (route.isSilent === true && !request.sound);
  if (request.sound !== undefined && !isSoundTaken) refuse('sound', request.sound);
  if (request.webSearch === true && route.webSearch === undefined) refuse('web_search', true);
  if (request.watermark !== undefined && route.watermark === undefined) {
    refuse('watermark', request.watermark);
  }
  return issues;
}
