import type { VirtualClock } from '../clock.ts';
import { rateLimited } from './faults.ts';
import type { Answer } from './request.ts';

/** The same bucket size for every route and top-level resource. */
export interface RateLimitOptions {
  readonly limit: number;
  readonly windowMs: number;
}

export interface RateLimiter {
  /** Counts one request: the headers to add, or the 429 to give instead. */
  count(bucket: string): {
    readonly headers: Readonly<Record<string, string>>;
    readonly refusal: Answer | undefined;
  };
}

const FREE = { headers: {}, refusal: undefined };

/** X-RateLimit headers by fixed windows of the virtual clock; without options nothing is limited. */
export function createRateLimiter(
  options: RateLimitOptions | undefined,
  clock: VirtualClock,
): RateLimiter {
  const windows = new Map<string, { used: number; endsAt: number }>();
  return {
    count(bucket) {
      if (options === undefined) {
        return FREE;
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
