import type { VirtualClock } from '../clock.ts';
import { TIME_LIMITS, LIMITS } from '../limits.ts';
import { addressBanned } from './faults.ts';
import type { Answer } from './request.ts';

/** How many invalid requests are allowed before the address of the client is banned. */
export interface InvalidRequestOptions {
  /** Discord's is 10,000 in ten minutes. */
  readonly limit?: number;
  /** How long a ban lasts, in milliseconds; an hour by default. */
  readonly banMs?: number;
}

export interface InvalidRequestLimit {
  /** The answer of Cloudflare to every request while the address is banned. */
  ban(): Answer | undefined;
  /** Counts an answer that is sent to the client. */
  count(answer: Answer): void;
  /** Invalid requests in the last ten minutes. */
  counted(): number;
}

const INVALID: ReadonlySet<number> = new Set([401, 403, 429]);

function isInvalid({ status, headers = {} }: Answer): boolean {
  return INVALID.has(status) && headers['x-ratelimit-scope'] !== 'shared';
}

/** Counts answers 401, 403 and 429, except a 429 of scope `shared`, by the virtual clock. */
export function createInvalidRequestLimit(
  clock: VirtualClock,
  { limit = LIMITS.invalidRequests, banMs = TIME_LIMITS.banMs }: InvalidRequestOptions = {},
): InvalidRequestLimit {
  let moments: number[] = [];
  let bannedUntil = -Infinity;

  function forgetOld(): void {
    const oldest = clock.now() - TIME_LIMITS.invalidRequestsMs;
    const firstKept = moments.findIndex((moment) => moment > oldest);
    moments = firstKept === -1 ? [] : moments.slice(firstKept);
  }

  return {
    ban() {
      const leftMs = bannedUntil - clock.now();
      if (leftMs <= 0) {
        return undefined;
      }
      const retryAfter = String(Math.ceil(leftMs / 1000));
      const { status, body, headers = {} } = addressBanned({ status: 429, retryAfter });
      return { status, body, headers };
    },
    count(answer) {
      if (!isInvalid(answer)) {
        return;
      }
      moments.push(clock.now());
      if (moments.length < limit) {
        return;
      }
      forgetOld();
      if (moments.length >= limit) {
        bannedUntil = clock.now() + banMs;
        moments = [];
      }
    },
    counted() {
      forgetOld();
      return moments.length;
    },
  };
}
