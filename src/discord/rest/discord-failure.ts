import { DiscordAPIError, HTTPError, RateLimitError } from '../discord-js.ts';
import { AddressBanned, TooManyLateEdits } from '../watched-requests.ts';
import type { MessageResult } from '../../app/ports/message-port.ts';
import { DirectRefusal, RateLimited } from './direct-failure.ts';
import { MAX_LIMIT_MS } from './rate-limits.ts';

type Failure = Exclude<MessageResult, { kind: 'done' }>;
type Unreached = Extract<Failure, { kind: 'unreached' }>;

const TOKEN_REFUSED = { kind: 'unreached', why: 'token-refused' } as const;
const NO_ACCESS = [10_003, 10_004, 50_001, 50_005, 50_013, 50_083, 40_333];
const UNREACHED: ReadonlyMap<number, Unreached> = new Map<number, Unreached>([
  [10_008, { kind: 'unreached', why: 'message-gone' }],
  [10_015, { ...TOKEN_REFUSED, isAbsent: true }],
  [10_062, TOKEN_REFUSED],
  [50_027, TOKEN_REFUSED],
  ...NO_ACCESS.map((code) => [code, { kind: 'unreached', why: 'no-access' }] as const),
]);
const TOO_LARGE: ReadonlySet<number> = new Set([40_005, 50_045]);
/** Discord has restricted the uploads of this server. The bot posts the link instead. */
const UPLOADS_RESTRICTED = 400_001;
/** Invalid Form Body: the message's structure is wrong, not its content. */
const MALFORMED = 50_035;
const TOO_MANY_EDITS = 30_046;
/** Discord refuses the content, not the access. 200000 is AutoMod, 240000 the filter of links. */
const REJECTED: ReadonlyMap<number, 'explicit' | 'filtered'> = new Map([
  [20_009, 'explicit'],
  [200_000, 'filtered'],
  [240_000, 'filtered'],
]);

/**
 * Classifies a failed call to Discord by Discord's own codes. Anything not known to be final is
 * tried again. Error texts are never used.
 */
export function classifyDiscordFailure(cause: unknown, by: 'token' | 'bot'): Failure {
  if (cause instanceof RateLimitError) {
    // Longer than any rate limit of Discord: the library waits by the machine's clock, which was
    // set back.
    const wait = cause.retryAfter <= MAX_LIMIT_MS ? { afterMs: cause.retryAfter } : {};
    return { kind: 'try-again', ...wait, detail: 'rate limited' };
  }
  if (cause instanceof RateLimited) {
    const wait = cause.retryAfterMs === undefined ? {} : { afterMs: cause.retryAfterMs };
    return { kind: 'try-again', ...wait, detail: 'rate limited' };
  }
  if (cause instanceof AddressBanned) {
    return { kind: 'try-again', afterMs: cause.retryAfterMs, detail: 'address banned' };
  }
  if (cause instanceof TooManyLateEdits) return lateEditsRefused(cause.retryAfterMs);
  if (cause instanceof DiscordAPIError || cause instanceof DirectRefusal) {
    return classifyCode(Number(cause.code), cause.status, by);
  }
  if (cause instanceof HTTPError) return classifyStatus(cause.status, by);
  return { kind: 'try-again', detail: cause instanceof Error ? cause.name : 'no answer' };
}

function classifyCode(code: number, status: number, by: 'token' | 'bot'): Failure {
  const unreached = UNREACHED.get(code);
  if (unreached !== undefined) return unreached;
  if (TOO_LARGE.has(code)) return { kind: 'too-large' };
  if (code === UPLOADS_RESTRICTED) return { kind: 'too-large', isForbidden: true };
  if (code === MALFORMED) return { kind: 'malformed' };
  const why = REJECTED.get(code);
  if (why !== undefined) return { kind: 'rejected', why, detail: `code ${code}` };
  if (code === TOO_MANY_EDITS) return lateEditsRefused(undefined);
  const failure = classifyStatus(status, by);
  const isRefusal =
    failure.kind === 'try-again' && UNCHANGING.has(status) && Number.isInteger(code);
  return isRefusal ? { ...failure, detail: `${failure.detail}, code ${code}`, isRefusal } : failure;
}

function lateEditsRefused(afterMs: number | undefined): Failure {
  const wait = afterMs === undefined ? {} : { afterMs };
  return { kind: 'try-again', ...wait, detail: 'too many late edits', isRefusal: true };
}

/** A page of a proxy, or an unknown code: no reason to give up on a message. */
function classifyStatus(status: number, by: 'token' | 'bot'): Failure {
  if (status === 413) return { kind: 'too-large' };
  // Discord counts these towards a ban of the address, so the bot does not use the same webhook
  // again.
  if (status === 401 && by === 'token') return TOKEN_REFUSED;
  const isFinal = status >= 400 && status < 500 && !PASSING.has(status);
  return isFinal
    ? { kind: 'rejected', why: 'unknown', detail: `HTTP ${status}` }
    : { kind: 'try-again', detail: `HTTP ${status}` };
}

const PASSING: ReadonlySet<number> = new Set([401, 403, 404, 408, 429]);

/** With an unknown code of Discord's these rarely change by waiting. A page may be a proxy's. */
const UNCHANGING: ReadonlySet<number> = new Set([403, 404]);
