import { z } from 'zod';
import type { VideoRequest } from '../routes/request.ts';
import type { Route } from '../routes/route.ts';
import { validateRequest } from '../routes/validate.ts';
import { PREFERENCE_FIELDS } from './preferences.ts';
import type { Preferences } from './preferences.ts';

/** Options of `/video` that a preference fills in where they were not typed. */
const FILLED_OPTIONS = ['duration', 'resolution', 'ratio'] as const;

/** A preference that could not be followed; `model` where that model is not on or not allowed. */
export const leftOutSchema = z.array(z.enum(['model', ...FILLED_OPTIONS])).readonly();
export type LeftOut = z.output<typeof leftOutSchema>;

export interface FilledRequest {
  readonly request: VideoRequest;
  /** What the route does not take. */
  readonly leftOut: LeftOut;
}

/**
 * Fills in what was not typed. What was typed never changes, and what is filled in is no fault: a
 * preference that the route does not take is left out.
 */
export function withPreferences(
  request: VideoRequest,
  route: Route,
  preferences: Preferences,
): FilledRequest {
  let filled = request;
  const leftOut: LeftOut[number][] = [];
  for (const option of FILLED_OPTIONS) {
    const field = PREFERENCE_FIELDS[option];
    const preferred = preferences[field];
    if (preferred === undefined || request[field] !== undefined) continue;
    const candidate = { ...filled, [field]: preferred };
    const isFault =
      validateRequest(route, candidate).length > validateRequest(route, filled).length;
    if (isFault) leftOut.push(option);
    else filled = candidate;
  }
  return { request: filled, leftOut };
}
