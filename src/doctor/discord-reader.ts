import { classifyAddressBan } from '../discord/address-ban.ts';
import type { AddressBan } from '../discord/address-ban.ts';
import { errorCode } from '../domain/error-code.ts';

/** What Discord said to one question. */
export type DiscordAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** The parsed body; undefined where it was no JSON. */
      readonly body: unknown;
      /** By how much this machine's clock is ahead of Discord's at the least, in milliseconds. */
      readonly clockAheadMs: number;
      /** It is Cloudflare's and not Discord's. */
      readonly ban?: AddressBan;
    }
  | { readonly kind: 'silence'; readonly reason: string };

/** Asks Discord with the bot token; only ever reads. */
export type DiscordReader = (path: `/${string}`) => Promise<DiscordAnswer>;

const TIMEOUT_MS = 10_000;

export interface DiscordReaderOptions {
  /** REST root without the version. */
  readonly apiUrl: string;
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How long an answer is waited for; absent: ten seconds. */
  readonly timeoutMs?: number;
}

export function createDiscordReader({
  apiUrl,
  token,
  now,
  timeoutMs = TIMEOUT_MS,
}: DiscordReaderOptions): DiscordReader {
  return async (path) => {
    const startedAt = now();
    try {
      const response = await fetch(`${apiUrl}/v10${path}`, {
        headers: { authorization: `Bot ${token}`, 'user-agent': 'DiscordBot (clapper, 1)' },
        // The token is for the configured address and for nobody it may point to.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const endedAt = now();
      const clockAheadMs = clockAhead(response.headers.get('date'), startedAt, endedAt);
      const text = await readBounded(response);
      const { status, headers } = response;
      const ban = classifyAddressBan({ status, headers, body: text }, endedAt);
      const banned = ban === undefined ? {} : { ban };
      return { kind: 'answer', status, body: parse(text), clockAheadMs, ...banned };
    } catch (cause) {
      return { kind: 'silence', reason: reasonOf(cause) };
    }
  };
}

/** A list of 200 servers has some 50 kB. */
const MAX_BODY_BYTES = 4 * 1_048_576;

/** A body that is larger, or unpacks to more, is no answer of Discord's. */
async function readBounded({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  if (body === null) return text;
  const chunks: AsyncIterable<Uint8Array> = body;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) return '';
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/**
 * The header names a whole second, cut off, of some moment between question and answer: what fits
 * in there is no difference.
 */
export function clockAhead(date: string | null, startedAt: number, endedAt: number): number {
  const second = Date.parse(date ?? '');
  if (Number.isNaN(second)) return 0;
  if (startedAt >= second + 1000) return startedAt - (second + 1000);
  return endedAt < second ? endedAt - second : 0;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A code, such as ECONNREFUSED; the message of an error may carry an address. */
function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (!(inner instanceof Error)) return 'no answer';
  return errorCode(inner) ?? inner.name;
}
