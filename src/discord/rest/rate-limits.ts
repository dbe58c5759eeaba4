import { z } from 'zod';
import { DAY_MS, SECOND_MS } from '../../domain/time-units.ts';
import type { WatchedAnswer } from '../send.ts';

/** No limit of Discord's lasts longer, in milliseconds. */
export const MAX_LIMIT_MS = DAY_MS;

/** Added to each wait, in milliseconds, because Discord's and our time do not run in step. */
const MARGIN_MS = 50;

/** Above this number of known limits, those that are over are forgotten. */
const MANY = 1000;

/** What Discord said about the rate of requests, by bucket. */
export interface RateLimits {
  /** How long the bucket is still empty, in milliseconds; 0 if a request may be sent. */
  leftMs(bucket: string | undefined): number;
  /** Records an answer; returns the wait in milliseconds that a 429 asks for, else 0. */
  record(bucket: string | undefined, answer: WatchedAnswer, json: unknown): number;
}

const limitedBody = z.object({
  retry_after: z.number().optional(),
  global: z.boolean().optional(),
});

/**
 * Discord's rate limits (Topics § Rate Limits). A request that is certain to be answered with 429 is
 * not sent, because such answers count towards a ban of the address. A request without a bucket is
 * always sent. `elapsed`: milliseconds of a monotonic clock.
 */
export function createRateLimits(elapsed: () => number): RateLimits {
  const ends = new Map<string, number>();
  let globalEnd = -Infinity;

  function limit(bucket: string, waitMs: number): void {
    if (ends.size >= MANY) forgetEnded();
    ends.set(bucket, elapsed() + waitMs);
  }
  function forgetEnded(): void {
    for (const [bucket, end] of ends) if (end <= elapsed()) ends.delete(bucket);
  }
  return {
    leftMs(bucket) {
      if (bucket === undefined) return 0;
      return Math.max(0, globalEnd - elapsed(), (ends.get(bucket) ?? -Infinity) - elapsed());
    },
    record(bucket, { status, headers }, json) {
      if (status === 429) {
        const said = limitedBody.safeParse(json).data;
        const waitMs = waitOf(headers.get('retry-after') ?? said?.retry_after);
        if (said?.global === true) globalEnd = elapsed() + waitMs;
        else if (bucket !== undefined) limit(bucket, waitMs);
        return waitMs;
      }
      if (bucket !== undefined && headers.get('x-ratelimit-remaining') === '0') {
        limit(bucket, waitOf(headers.get('x-ratelimit-reset-after')));
      }
      return 0;
    },
  };
}

/**
 * A wait that Discord gives in seconds, in milliseconds; 0 if there is no number, or one that no limit of
 * Discord's has.
 */
export function waitOf(seconds: string | number | null | undefined): number {
  const waitMs = Number(seconds ?? Number.NaN) * SECOND_MS + MARGIN_MS;
  return waitMs >= MARGIN_MS && waitMs <= MAX_LIMIT_MS ? waitMs : 0;
}
