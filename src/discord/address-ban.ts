import { z } from 'zod';
import { HOUR_MS, SECOND_MS } from '../domain/time-units.ts';

/** Where nobody says how long, which is how long these bans last as a rule. */
export const USUAL_BAN_MS = HOUR_MS;
/** A longer wait is not believed: after it Discord is asked once more. */
export const MAX_BAN_MS = 24 * USUAL_BAN_MS;

/** An answer that is not Discord's but of Cloudflare before it: this machine's address is shut out. */
export interface AddressBan {
  readonly status: 403 | 429;
  /** From the answer on; above 0 and at most a day. */
  readonly waitMs: number;
}

/** As much of an answer as tells. */
export interface Answered {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: string;
}

/** Cloudflare's own words, as text, in a page and as JSON. */
const CODE_1015 = /\berror[ _]code"?:?\s*"?1015\b|\berror 1015\b/i;

const jsonObject = z.record(z.string(), z.unknown());

/**
 * Whether an answer is a ban of the address. Discord's own 429 is JSON that says how long, its own
 * 403 is JSON; whatever else has one of these statuses comes from Cloudflare, whatever type it claims
 * to have. `nowMs`: since the epoch, for a Retry-After that is a date.
 */
export function classifyAddressBan(answered: Answered, nowMs: number): AddressBan | undefined {
  const { status, body } = answered;
  if (status !== 429 && status !== 403) return undefined;
  const said = parseObject(body);
  const isCloudflare = CODE_1015.test(body) || said?.['cloudflare_error'] === true;
  if (!isCloudflare && isDiscords(answered, said)) return undefined;
  return { status, waitMs: waitOf(answered, nowMs) };
}

function isDiscords(
  { status, headers }: Answered,
  said: Readonly<Record<string, unknown>> | undefined,
): boolean {
  if (status === 403) return said !== undefined;
  return typeof said?.['retry_after'] === 'number' || headers.get('x-ratelimit-scope') !== null;
}

function waitOf({ headers }: Answered, nowMs: number): number {
  const text = headers.get('retry-after')?.trim() ?? '';
  const waitMs = /^\d+(?:\.\d+)?$/.test(text)
    ? Number(text) * SECOND_MS
    : Date.parse(text) - clockOf(headers.get('date'), nowMs);
  return waitMs > 0 ? Math.min(waitMs, MAX_BAN_MS) : USUAL_BAN_MS;
}

/** The sender's clock, where it tells it: ours may be wrong. */
function clockOf(date: string | null, nowMs: number): number {
  const told = Date.parse(date ?? '');
  return Number.isNaN(told) ? nowMs : told;
}

function parseObject(body: string): Record<string, unknown> | undefined {
  try {
    return jsonObject.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
