import { DAY_MS } from '../domain/time-units.ts';

/** Beyond any task's deadline, which decides; a bound only against nonsense. */
const MAX_MS = 30 * DAY_MS;

/** Retry-After in milliseconds from now, at most 30 days; undefined where there is none to read. */
export function parseRetryAfter(
  header: string | readonly string[] | undefined,
  nowMs: number,
): number | undefined {
  const value = (typeof header === 'string' ? header : header?.[0])?.trim();
  if (value === undefined || value === '') return undefined;
  const isSeconds = /^\d+(\.\d+)?$/.test(value);
  // A date begins with the day's name; Date.parse alone would take "-5" for a year.
  if (!isSeconds && !/^[a-z]{3,9},? /i.test(value)) return undefined;
  const ms = isSeconds ? Math.ceil(Number(value) * 1000) : Date.parse(value) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MAX_MS);
}
