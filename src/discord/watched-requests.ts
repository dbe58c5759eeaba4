import type { RESTOptions } from 'discord.js';
import { classifyAddressBan } from './address-ban.ts';
import type { AddressBan } from './address-ban.ts';
import type { BanWatch } from './ban-watch.ts';
import { DefaultRestOptions } from './discord-js.ts';

/** How discord.js sends a request. */
export type SendRequest = RESTOptions['makeRequest'];

/** Discord was not asked, or did not see the request: Cloudflare shuts this machine out. */
export class AddressBanned extends Error {
  override readonly name = 'AddressBanned';
  readonly retryAfterMs: number;
  constructor(retryAfterMs: number) {
    super('Cloudflare bans the address of this machine');
    this.retryAfterMs = retryAfterMs;
  }
}

/** A page of Cloudflare has some 10 kB; what is longer is no answer of Discord's either. */
const MAX_BODY_BYTES = 65_536;
/** For a request that was held back: its own time is over by then. */
const LATE_TIMEOUT_MS = 15_000;

export interface WatchedRequestsDeps {
  readonly bans: BanWatch;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Sends in the end; default: what discord.js itself uses. */
  readonly send?: SendRequest;
}

/**
 * For requests that somebody waits for: while the address is banned they fail with AddressBanned
 * and are not sent. A 403 page is given on as it came: what members write may cause one, so it says
 * nothing of other requests.
 */
export function carefulRequests({
  bans,
  now,
  send = sendByLibrary,
}: WatchedRequestsDeps): SendRequest {
  return async (url, init) => {
    const left = bans.leftMs();
    if (left > 0) throw new AddressBanned(left);
    const { response, ban } = await judged(await send(url, init), now);
    if (ban?.status === 429) {
      bans.begin(ban);
      throw new AddressBanned(ban.waitMs);
    }
    if (ban !== undefined) bans.doubt(ban);
    return response;
  };
}

/**
 * For requests of the bot itself, a log-in and the registration of commands, that nothing goes on
 * without: they are held until the ban is over, and sent again.
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
      const { response, ban } = await judged(await send(url, request), now);
      if (ban === undefined) return response;
      bans.begin(ban);
    }
  };
}

async function sendByLibrary(...args: Parameters<SendRequest>): ReturnType<SendRequest> {
  return DefaultRestOptions.makeRequest(...args);
}

type RestResponse = Awaited<ReturnType<SendRequest>>;

/** The answer, read where it may be a ban and readable once more. */
async function judged(
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
