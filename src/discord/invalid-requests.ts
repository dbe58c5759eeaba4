import type { Clock, Log } from '../app/ports/core.ts';
import type { ProviderShare } from '../app/ports/provider-share-port.ts';
import { MINUTE_MS, SECOND_MS } from '../domain/time-units.ts';
import type { Send, WatchedAnswer } from './send.ts';

/**
 * Discord bans an address after 10,000 invalid requests in ten minutes: answers 401, 403 and 429,
 * except a 429 of scope `shared` (Discord's documentation, Rate Limits § Invalid Request Limit).
 */
const WINDOW_MS = 10 * MINUTE_MS;
/**
 * A fifth: the rest is for last edits and acknowledgements, and for other bots on this machine. All
 * processes on one database together, which may have one address.
 */
const MAX_INVALID = 2000;

const BUCKET_MS = 10 * SECOND_MS;
const BUCKETS = WINDOW_MS / BUCKET_MS;

const INVALID: ReadonlySet<number> = new Set([401, 403, 429]);

/** Counts the invalid requests of this process against its equal share. */
export interface InvalidRequests {
  /** Counts an answer. `scope` is its `X-RateLimit-Scope`. */
  record(status: number, scope: string | null): void;
  /** How many more there may be before progress edits have to pause; 0 while they do. */
  left(): number;
}

export function createInvalidRequests({
  share,
  clock,
  log,
}: {
  readonly share: Pick<ProviderShare, 'processes'>;
  readonly clock: Pick<Clock, 'elapsed'>;
  readonly log: Log;
}): InvalidRequests {
  /** Counts by the number of their bucket since the clock's start; the last ten minutes. */
  const counts = new Map<number, number>();
  let mutedUntil = -Infinity;
  const most = (): number => Math.floor(MAX_INVALID / Math.max(1, share.processes()));

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
    if (invalid < most() || now < mutedUntil) return;
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
    left: () => Math.max(0, most() - inWindow()),
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
