import type { Clock, Log } from '../app/ports/core.ts';
import { MINUTE_MS, SECOND_MS } from '../domain/time-units.ts';
import type { Send, WatchedAnswer } from './send.ts';

/**
 * Discord bans an address after 10,000 invalid requests in ten minutes: answers 401, 403 and 429,
 * except a 429 of scope `shared` (Discord's documentation, Rate Limits § Invalid Request Limit).
 */
const WINDOW_MS = 10 * MINUTE_MS;
/** A fifth: the rest is for last edits and acknowledgements, and for other bots on this machine. */
const MAX_INVALID = 2000;

const BUCKET_MS = 10 * SECOND_MS;
const BUCKETS = WINDOW_MS / BUCKET_MS;

const INVALID: ReadonlySet<number> = new Set([401, 403, 429]);

/** Counts the invalid requests of this process. */
export interface InvalidRequests {
  /** Counts an answer. `scope` is its `X-RateLimit-Scope`. */
  record(status: number, scope: string | null): void;
  /** How many more there may be before progress edits have to pause; 0 while they do. */
  left(): number;
}

export function createInvalidRequests({
  clock,
  log,
}: {
  readonly clock: Pick<Clock, 'elapsed'>;
  readonly log: Log;
}): InvalidRequests {
  /** Counts by the number of their bucket since the clock's start; the last ten minutes. */
  const counts = new Map<number, number>();
  let mutedUntil = -Infinity;

  function inWindow(): number {
    const oldest = Math.floor(clock.elapsed() / BUCKET_MS) - BUCKETS;
    let sum = 0;
    for (const [bucket, count] of counts) {
      if (bucket < oldest) counts.delete(bucket);
      else sum += count;
    }
    return sum;
  }

  function warnIfTooMany(): void {
    const invalid = inWindow();
    const now = clock.elapsed();
    if (invalid < MAX_INVALID || now < mutedUntil) return;
    mutedUntil = now + WINDOW_MS;
    log.warn(
      { invalid, minutes: WINDOW_MS / MINUTE_MS },
      'Discord answered too many requests with 401, 403 or 429; progress edits pause, because Discord bans an address for such answers',
    );
  }

  return {
    record(status, scope) {
      if (!INVALID.has(status) || scope === 'shared') return;
      const bucket = Math.floor(clock.elapsed() / BUCKET_MS);
      counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
      warnIfTooMany();
    },
    left: () => Math.max(0, MAX_INVALID - inWindow()),
  };
}

/** Sends requests with `send` and counts the invalid ones. */
export function requestsCountingInvalid<Init, Answer extends WatchedAnswer>(
  invalid: Pick<InvalidRequests, 'record'>,
  send: Send<Init, Answer>,
): Send<Init, Answer> {
  return async (url, init) => {
    const answer = await send(url, init);
    invalid.record(answer.status, answer.headers.get('x-ratelimit-scope'));
    return answer;
  };
}
