import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { MessageResult } from '../app/message-port.ts';

type Failure = Exclude<MessageResult, { kind: 'done' }>;

const MESSAGE_GONE: ReadonlySet<number> = new Set([10_008]);
const TOKEN_REFUSED: ReadonlySet<number> = new Set([50_027, 10_015, 10_062]);
const NO_ACCESS: ReadonlySet<number> = new Set([
  10_003, 10_004, 50_001, 50_005, 50_013, 50_083, 40_333,
]);
/** Also a server whose uploads Discord has limited: the address is what is left. */
const TOO_LARGE: ReadonlySet<number> = new Set([40_005, 50_045, 400_001]);
const TOO_MANY_EDITS = 30_046;

/**
 * What a failed call to Discord means for the message, by Discord's own codes.
 * Whatever is not known to be final is tried again; nothing here looks at an error's text.
 */
export function judgeDiscordFailure(cause: unknown, by: 'token' | 'bot'): Failure {
  if (cause instanceof RateLimitError) {
    return { kind: 'try-again', afterMs: cause.retryAfter, detail: 'rate limited' };
  }
  if (cause instanceof DiscordAPIError) return judgeCode(Number(cause.code), cause.status, by);
  if (cause instanceof HTTPError) return judgeStatus(cause.status, by);
  return { kind: 'try-again', detail: cause instanceof Error ? cause.name : 'no answer' };
}

function judgeCode(code: number, status: number, by: 'token' | 'bot'): Failure {
  if (MESSAGE_GONE.has(code)) return { kind: 'unreached', why: 'message-gone' };
  if (TOKEN_REFUSED.has(code)) return { kind: 'unreached', why: 'token-refused' };
  if (NO_ACCESS.has(code)) return { kind: 'unreached', why: 'no-access' };
  if (TOO_LARGE.has(code)) return { kind: 'too-large' };
  if (code === TOO_MANY_EDITS) return { kind: 'try-again', detail: 'too many late edits' };
  return judgeStatus(status, by);
}

function judgeStatus(status: number, by: 'token' | 'bot'): Failure {
  if (status === 413) return { kind: 'too-large' };
  if (status === 401 || status === 403 || status === 404) {
    return { kind: 'unreached', why: by === 'token' ? 'token-refused' : 'no-access' };
  }
  if (status === 429 || status >= 500) return { kind: 'try-again', detail: `HTTP ${status}` };
  return { kind: 'rejected', detail: `HTTP ${status}` };
}
