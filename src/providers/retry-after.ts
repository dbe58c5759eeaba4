import { DAY_MS } from '../domain/time-units.ts';

/** A limit for absurd values, far beyond any task's deadline. */
const MAX_MS = 30 * DAY_MS;

/** Reads Retry-After in milliseconds from now, at most 30 days; `undefined` when there is no valid one. */
export function parseRetryAfter(
  header: string | readonly string[] | undefined,
  nowMs: number,
): number | undefined {
  const value = (typeof header === 'string' ? header : header?.[0])?.trim();
  if (value === undefined || value === '') return undefined;
  const isSeconds = /^\d+(\.\d+)?$/.test(value);
  // A date begins with a weekday. Date.parse alone would read "-5" as a year.
  if (!isSeconds && !/^[a-z]{3,9},? /i.test(value)) return undefined;
  const ms = isSeconds ? Math.ceil(Number(value) * 1000) : Date.parse(value) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MAX_MS);
}
