import type { VirtualClock } from '../clock.ts';
import { rateLimited } from './faults.ts';
import type { Answer } from './request.ts';

/** The limit of each bucket, which is a route and its channel, guild or token. */
export interface RateLimitOptions {
  readonly limit: number;
  readonly windowMs: number;
}

export interface RateLimiter {
  /** Counts one request; returns the headers to add, and a 429 if the limit is exceeded. */
  count(bucket: string): {
    readonly headers: Readonly<Record<string, string>>;
    readonly refusal: Answer | undefined;
  };
}

const UNLIMITED = { headers: {}, refusal: undefined };

/** Creates a rate limiter with fixed windows of virtual time; without options there is no limit. */
export function createRateLimiter(
  options: RateLimitOptions | undefined,
  clock: VirtualClock,
): RateLimiter {
  const windows = new Map<string, { used: number; endsAt: number }>();
  return {
    count(bucket) {
      if (options === undefined) {
        return UNLIMITED;
      }
      const now = clock.now();
      const open = windows.get(bucket);
      const window =
        open !== undefined && open.endsAt > now
          ? open
          : { used: 0, endsAt: now + options.windowMs };
      window.used += 1;
      windows.set(bucket, window);
      const resetAfter = (window.endsAt - now) / 1000;
      const headers = {
        'x-ratelimit-limit': String(options.limit),
        'x-ratelimit-remaining': String(Math.max(0, options.limit - window.used)),
        'x-ratelimit-reset': String(window.endsAt / 1000),
        'x-ratelimit-reset-after': String(resetAfter),
        'x-ratelimit-bucket': Buffer.from(bucket.split(' ').slice(0, 2).join(' ')).toString('hex'),
      };
      const fault = rateLimited({ retryAfterSeconds: resetAfter });
      if (window.used <= options.limit || fault.kind !== 'answer') {
        return { headers, refusal: undefined };
      }
      return { headers, refusal: { ...fault, headers: { ...headers, ...fault.headers } } };
    },
  };
}
