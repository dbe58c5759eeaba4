import { z } from 'zod';
import type { DiscordTime } from '../app/discord-time.ts';
import { SECOND_MS } from '../domain/time-units.ts';
import { classifyAddressBan } from './address-ban.ts';
import type { AddressBan } from './address-ban.ts';
import { requestsRecordingDates } from './answer-dates.ts';
import type { BanWatch } from './ban-watch.ts';
import { sendByLibrary } from './library-sender.ts';
import type { SendRequest } from './library-sender.ts';
import type { InvalidRequests } from './invalid-requests.ts';
import { requestsCountingInvalid } from './invalid-requests.ts';
import type { Send, WatchedAnswer } from './send.ts';
import type { DirectSend } from './rest/direct-sender.ts';

/** The request did not reach Discord: Cloudflare bans this machine's address. */
export class AddressBanned extends Error {
  override readonly name = 'AddressBanned';
  readonly retryAfterMs: number;
  constructor(retryAfterMs: number) {
    super('Cloudflare bans the address of this machine');
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Discord refuses an edit with code 30046 and status 429. discord.js would make a rate limit of it,
 * and the code would be lost.
 */
export class TooManyLateEdits extends Error {
  override readonly name = 'TooManyLateEdits';
  /** How long Discord wants the next edit to wait; `undefined` if it does not say. */
  readonly retryAfterMs: number | undefined;
  constructor(retryAfterMs: number | undefined) {
    super('too many edits of a message older than an hour');
    this.retryAfterMs = retryAfterMs;
  }
}

/** A Cloudflare page has about 10 kB, and no answer of Discord's is longer than this either. */
const MAX_BODY_BYTES = 65_536;
/** Time limit for a request that waited for a ban to end; its own has expired by then. */
const LATE_TIMEOUT_MS = 15_000;

/** What the answers of all requests are watched with. */
export interface RequestWatch {
  readonly bans: BanWatch;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly time: Pick<DiscordTime, 'sawDate' | 'elapsed'>;
  readonly invalid: Pick<InvalidRequests, 'record'>;
}

/** Sends requests with `send`, records the dates of their answers and counts the invalid ones. */
export function watchedSends<Init, Answer extends WatchedAnswer>(
  { time, invalid }: Pick<RequestWatch, 'time' | 'invalid'>,
  send: Send<Init, Answer>,
): Send<Init, Answer> {
  return requestsCountingInvalid(invalid, requestsRecordingDates(time, send));
}

export interface WatchedRequestsDeps extends Pick<RequestWatch, 'bans' | 'now'> {
  /** Sends the request; by default discord.js's own function. */
  readonly send?: SendRequest;
}

/**
 * For requests that a member waits for: during a ban they fail with AddressBanned and are not sent.
 * A 403 page is passed on, because a member's text may have triggered it; it says nothing about
 * other requests.
 */
export function carefulRequests({
  bans,
  now,
  send = sendByLibrary,
}: WatchedRequestsDeps): SendRequest {
  return async (url, init) => {
    throwIfBanned(bans);
    const { response, ban, body } = await checkForBan(await send(url, init), now);
    throwIfTooManyLateEdits(body, response.headers);
    if (ban !== undefined) reportOrThrow(bans, ban);
    return response;
  };
}

/** The same for requests that are not sent by discord.js. */
export function carefulDirectRequests({
  bans,
  now,
  send,
}: Pick<RequestWatch, 'bans' | 'now'> & { readonly send: DirectSend }): DirectSend {
  return async (path, init) => {
    throwIfBanned(bans);
    const answer = await send(path, init);
    if (answer.status === 429) throwIfTooManyLateEdits(answer.text, answer.headers);
    const ban = classifyAddressBan({ ...answer, body: answer.text }, now());
    if (ban !== undefined) reportOrThrow(bans, ban);
    return answer;
  };
}

function throwIfBanned(bans: BanWatch): void {
  const left = bans.leftMs();
  if (left > 0) throw new AddressBanned(left);
}

/** A page with status 403 is only reported: a member's text may have caused it. */
function reportOrThrow(bans: BanWatch, ban: AddressBan): void {
  if (ban.status === 429) {
    bans.reportBan(ban);
    throw new AddressBanned(ban.waitMs);
  }
  bans.reportPossibleBan(ban);
}

/**
 * For the requests that a start depends on, log-in and command registration: during a ban they wait
 * until it is over, and are sent again.
 */
export function patientRequests({
  bans,
  now,
  send = sendByLibrary,
}: WatchedRequestsDeps): SendRequest {
  return async (url, init) => {
    let request = init;
    for (;;) {
      if (bans.leftMs() > 0) {
        await bans.untilOver();
        request = { ...init, signal: AbortSignal.timeout(LATE_TIMEOUT_MS) };
      }
      const { response, ban } = await checkForBan(await send(url, request), now);
      if (ban === undefined) return response;
      bans.reportBan(ban);
    }
  };
}

type RestResponse = Awaited<ReturnType<SendRequest>>;

/** Checks an answer for a ban. Returns a response whose body can still be read. */
async function checkForBan(
  response: RestResponse,
  now: () => number,
): Promise<{
  readonly response: RestResponse;
  readonly ban: AddressBan | undefined;
  /** The body, if it was read. */
  readonly body: string;
}> {
  const { status, headers } = response;
  if (status !== 429 && status !== 403) return { response, ban: undefined, body: '' };
  const body = await readBounded(response);
  return {
    response: new Response(body, { status, headers: [...headers.entries()] }),
    ban: classifyAddressBan({ status, headers, body }, now()),
    body,
  };
}

const lateEditsBody = z.object({ code: z.literal(30_046), retry_after: z.number().optional() });

function throwIfTooManyLateEdits(body: string, headers: WatchedAnswer['headers']): void {
  if (!body.includes('30046')) return;
  const refused = lateEditsBody.safeParse(parseJson(body)).data;
  if (refused === undefined) return;
  const seconds = refused.retry_after ?? Number(headers.get('retry-after') ?? Number.NaN);
  throw new TooManyLateEdits(seconds > 0 ? seconds * SECOND_MS : undefined);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readBounded({ body }: RestResponse): Promise<string> {
  if (body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  const chunks: AsyncIterable<Uint8Array> = body;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) return text;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
