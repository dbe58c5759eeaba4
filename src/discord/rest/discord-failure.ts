import { DiscordAPIError, HTTPError, RateLimitError } from '../discord-js.ts';
import { AddressBanned } from '../watched-requests.ts';
import type { MessageResult } from '../../app/ports/message-port.ts';
import { MAX_LIMIT_MS } from './rest-clients.ts';

type Failure = Exclude<MessageResult, { kind: 'done' }>;

const MESSAGE_GONE: ReadonlySet<number> = new Set([10_008]);
const TOKEN_REFUSED: ReadonlySet<number> = new Set([50_027, 10_015, 10_062]);
const NO_ACCESS: ReadonlySet<number> = new Set([
  10_003, 10_004, 50_001, 50_005, 50_013, 50_083, 40_333,
]);
/** Also a server whose uploads Discord has limited: the address is what is left. */
const TOO_LARGE: ReadonlySet<number> = new Set([40_005, 50_045, 400_001]);
/** Invalid Form Body: of the message's parts, not of its words. */
const MALFORMED = 50_035;
const TOO_MANY_EDITS = 30_046;
/** What the message carries is refused, not the way to it: 20009 explicit, 200000 and 240000 filtered. */
const REJECTED: ReadonlySet<number> = new Set([20_009, 200_000, 240_000]);

/**
 * What a failed call to Discord means for the message, by Discord's own codes.
 * Whatever is not known to be final is tried again; nothing here looks at an error's text.
 */
export function classifyDiscordFailure(cause: unknown, by: 'token' | 'bot'): Failure {
  if (cause instanceof RateLimitError) {
    // Longer than any limit of Discord's: the machine's clock, by which the library waits, was set back.
    const wait = cause.retryAfter <= MAX_LIMIT_MS ? { afterMs: cause.retryAfter } : {};
    return { kind: 'try-again', ...wait, detail: 'rate limited' };
  }
  if (cause instanceof AddressBanned) {
    return { kind: 'try-again', afterMs: cause.retryAfterMs, detail: 'address banned' };
  }
  if (cause instanceof DiscordAPIError) return classifyCode(Number(cause.code), cause.status, by);
  if (cause instanceof HTTPError) return classifyStatus(cause.status, by);
  return { kind: 'try-again', detail: cause instanceof Error ? cause.name : 'no answer' };
}

function classifyCode(code: number, status: number, by: 'token' | 'bot'): Failure {
  if (MESSAGE_GONE.has(code)) return { kind: 'unreached', why: 'message-gone' };
  if (TOKEN_REFUSED.has(code)) return { kind: 'unreached', why: 'token-refused' };
  if (NO_ACCESS.has(code)) return { kind: 'unreached', why: 'no-access' };
  if (TOO_LARGE.has(code)) return { kind: 'too-large' };
  if (code === MALFORMED) return { kind: 'malformed' };
  if (REJECTED.has(code)) return { kind: 'rejected', detail: `code ${code}` };
  if (code === TOO_MANY_EDITS) return { kind: 'try-again', detail: 'too many late edits' };
  return classifyStatus(status, by);
}

/** A page of some proxy, or a code nobody knows: no reason to give a message up. */
function classifyStatus(status: number, by: 'token' | 'bot'): Failure {
  if (status === 413) return { kind: 'too-large' };
  // Counted towards a ban of the address: the same webhook is not asked again, whatever it meant.
  if (status === 401 && by === 'token') return { kind: 'unreached', why: 'token-refused' };
  const isFinal = status >= 400 && status < 500 && !PASSING.has(status);
  return isFinal
    ? { kind: 'rejected', detail: `HTTP ${status}` }
    : { kind: 'try-again', detail: `HTTP ${status}` };
}

const PASSING: ReadonlySet<number> = new Set([401, 403, 404, 408, 429]);
