import type { DiscordTime } from '../app/discord-time.ts';
import { classifyAddressBan } from './address-ban.ts';
import type { AddressBan } from './address-ban.ts';
import type { BanWatch } from './ban-watch.ts';
import { sendByLibrary } from './library-sender.ts';
import type { SendRequest } from './library-sender.ts';
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
}

export interface WatchedRequestsDeps extends Omit<RequestWatch, 'time'> {
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
    const { response, ban } = await checkForBan(await send(url, init), now);
    if (ban !== undefined) reportOrThrow(bans, ban);
    return response;
  };
}

/** The same for requests that are not sent by discord.js. */
export function carefulDirectRequests({
  bans,
  now,
  send,
}: Omit<RequestWatch, 'time'> & { readonly send: DirectSend }): DirectSend {
  return async (path, init) => {
    throwIfBanned(bans);
    const answer = await send(path, init);
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
): Promise<{ readonly response: RestResponse; readonly ban: AddressBan | undefined }> {
  const { status, headers } = response;
  if (status !== 429 && status !== 403) return { response, ban: undefined };
  const body = await readBounded(response);
  return {
    response: new Response(body, { status, headers: [...headers.entries()] }),
    ban: classifyAddressBan({ status, headers, body }, now()),
  };
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
