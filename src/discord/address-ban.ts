import { z } from 'zod';
import { HOUR_MS, SECOND_MS } from '../domain/time-units.ts';

/** Where no answer says how long, which is how long these bans last as a rule. */
export const DEFAULT_BAN_MS = HOUR_MS;
/** A longer wait is not believed: after it Discord is asked once more. */
export const MAX_BAN_MS = 24 * DEFAULT_BAN_MS;

/** A ban of this machine's IP address by Cloudflare, which sits in front of Discord. */
export interface AddressBan {
  readonly status: 403 | 429;
  /** Time to wait after the answer; above 0 and at most a day. */
  readonly waitMs: number;
}

/** The parts of an answer that identify a ban. */
export interface Answered {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: string;
}

/** Cloudflare's error code 1015, as text, in an HTML page and as JSON. */
const CODE_1015 = /\berror[ _]code"?:?\s*"?1015\b|\berror 1015\b/i;

const jsonObject = z.record(z.string(), z.unknown());

/**
 * Detects a ban of the address. Discord's own 429 is JSON with a wait time and its own 403 is JSON;
 * any other answer with one of these statuses comes from Cloudflare, whatever its content type.
 * `nowMs` is since the epoch and is needed if Retry-After is a date.
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
  return waitMs > 0 ? Math.min(waitMs, MAX_BAN_MS) : DEFAULT_BAN_MS;
}

/** The sender's clock, if it sent a date: ours may be wrong. */
function clockOf(date: string | null, nowMs: number): number {
  const sentAt = Date.parse(date ?? '');
  return Number.isNaN(sentAt) ? nowMs : sentAt;
}

function parseObject(body: string): Record<string, unknown> | undefined {
  try {
    return jsonObject.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
