import type { VideoRequest } from './request.ts';
import type { Route } from './route.ts';
import { validateRequest } from './validate.ts';

/** What may be taken over from another request where the route takes it. */
export type TakenOver = Pick<
  VideoRequest,
  'resolution' | 'ratio' | 'sound' | 'webSearch' | 'watermark'
>;

/** Adds to a request what its route takes, value by value; what would be a fault is left out. */
export function withAccepted(route: Route, request: VideoRequest, more: TakenOver): VideoRequest {
  let whole = request;
  for (const [field, value] of Object.entries(more)) {
    if (value === undefined) continue;
    const candidate = { ...whole, [field]: value };
    if (faultsOf(route, candidate) <= faultsOf(route, whole)) whole = candidate;
  }
  return whole;
}

function faultsOf(route: Route, request: VideoRequest): number {
  return validateRequest(route, request).length;
}
