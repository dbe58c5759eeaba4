import { pause } from '../../app/pause.ts';
import type { Clock } from '../../app/ports/core.ts';
import type { ProviderShare } from '../../app/ports/provider-share-port.ts';
import { SECOND_MS } from '../../domain/time-units.ts';
import type { SendRequest } from '../library-sender.ts';
import type { Send, WatchedAnswer } from '../send.ts';
import { RateLimited } from './direct-failure.ts';
import { MAX_LIMIT_MS, waitOf } from './rate-limits.ts';
import type { RestSends } from './rest-clients.ts';

/**
 * Discord answers 50 requests with a bot's token in a second (Topics § Rate Limits, Global Rate Limit);
 * the rest is for what is in flight while a process comes.
 */
const PER_SECOND = 45;

/** A request that would wait longer for its turn fails, in milliseconds; its caller tries again. */
const MAX_WAIT_MS = 2000;

/** What processes report to each other of Discord; no provider can have this id. */
const DISCORD = '@discord';

/** Keeps the requests of several processes with one bot's token within its global rate limit. */
export interface SharedRate {
  /** For what members wait for: fails with `RateLimited` while Discord limits all processes. */
  careful(sends: RestSends): RestSends;
  /** For what a start depends on, which waits for its turn alone. */
  patient(send: SendRequest): SendRequest;
}

type RateShare = Pick<ProviderShare, 'processes' | 'report' | 'onReport'>;

/**
 * Creates the rate of this process: an equal share, evenly spread. Alone it has no limit of its own.
 * Requests without the bot's token, which answer interactions, are not bound by it.
 */
export function createSharedRate(
  share: RateShare,
  clock: Pick<Clock, 'elapsed' | 'after'>,
): SharedRate {
  const takeTurn = createTurns(share, clock);
  const limit = createGlobalLimit(share, clock);
  const careful = <
    Init extends { readonly signal?: AbortSignal | null | undefined },
    Answer extends WatchedAnswer,
  >(
    send: Send<Init, Answer>,
  ): Send<Init, Answer> => {
    const watched = limit.watch(send);
    return async (url, init) => {
      limit.check();
      await takeTurn(init.signal, MAX_WAIT_MS);
      return watched(url, init);
    };
  };
  return {
    careful({ byDiscordJs, direct }) {
      const withToken = careful(direct);
      return {
        byDiscordJs: careful(byDiscordJs),
        direct: async (path, init) =>
          init.headers['authorization'] === undefined ? direct(path, init) : withToken(path, init),
      };
    },
    patient(send) {
      const watched = limit.watch(send);
      return async (url, init) => {
        await takeTurn(init.signal, Infinity);
        return watched(url, init);
      };
    },
  };
}

/** Waits for this process's next turn; throws `RateLimited` where that takes longer than `maxMs`. */
function createTurns(share: RateShare, clock: Pick<Clock, 'elapsed' | 'after'>) {
  /** In milliseconds of the monotonic clock. */
  let nextAt = -Infinity;
  return async (signal: AbortSignal | null | undefined, maxMs: number): Promise<void> => {
    const processes = share.processes();
    if (processes <= 1) return;
    const now = clock.elapsed();
    const at = Math.max(now, nextAt);
    if (at - now > maxMs) throw new RateLimited(at - now);
    nextAt = at + (SECOND_MS * processes) / PER_SECOND;
    if (at > now) await pause(clock, at - now, signal ?? new AbortController().signal);
  };
}

/** A global limit in an answer to one process holds for all of them. */
function createGlobalLimit(share: RateShare, clock: Pick<Clock, 'elapsed'>) {
  let until = -Infinity;
  const hold = (ms: number): void => {
    until = Math.max(until, clock.elapsed() + Math.min(ms, MAX_LIMIT_MS));
  };
  share.onReport((id, { blockedMs }) => {
    if (id === DISCORD) hold(blockedMs);
  });
  return {
    check(): void {
      const leftMs = until - clock.elapsed();
      if (leftMs > 0) throw new RateLimited(leftMs);
    },
    watch<Init, Answer extends WatchedAnswer>(send: Send<Init, Answer>): Send<Init, Answer> {
      return async (url, init) => {
        const answer = await send(url, init);
        const ms = globalLimitOf(answer);
        if (ms > 0 && share.processes() > 1) {
          hold(ms);
          void share.report(DISCORD, { blockedMs: ms });
        }
        return answer;
      };
    },
  };
}

/** How long all requests with the token are limited, in milliseconds; 0 if they are not. */
function globalLimitOf({ status, headers }: WatchedAnswer): number {
  const isGlobal =
    headers.get('x-ratelimit-global') === 'true' || headers.get('x-ratelimit-scope') === 'global';
  return status === 429 && isGlobal ? waitOf(headers.get('retry-after')) : 0;
}
