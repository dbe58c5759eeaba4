import { classifyAddressBan } from '../address-ban.ts';
import type { AddressBan } from '../address-ban.ts';
import { USER_AGENT } from '../user-agent.ts';
import { errorCode } from '../../domain/error-code.ts';
import type { Connector } from '../../outbound/connector.ts';
import { Agent, fetch } from '../../outbound/undici.ts';

/** Discord's answer to one request. */
export type DiscordAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** The parsed body; `undefined` if it was not JSON. */
      readonly body: unknown;
      /** How far this machine's clock is at least ahead of Discord's, in milliseconds. */
      readonly clockAheadMs: number;
      /** Set if the answer is a ban by Cloudflare, not from Discord. */
      readonly ban?: AddressBan;
    }
  | { readonly kind: 'silence'; readonly reason: string };

/** Sends GET requests to Discord with the bot token. */
export type DiscordReader = (path: `/${string}`) => Promise<DiscordAnswer>;

const TIMEOUT_MS = 10_000;

export interface DiscordReaderOptions {
  /** REST base URL without the version. */
  readonly apiUrl: string;
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** How long to wait for an answer; default ten seconds. */
  readonly timeoutMs?: number;
  /** Opens the connections; by default Node does. */
  readonly connect?: Connector | undefined;
}

export function createDiscordReader({
  apiUrl,
  token,
  now,
  timeoutMs = TIMEOUT_MS,
  connect,
}: DiscordReaderOptions): DiscordReader {
  const by = connect && { dispatcher: new Agent({ connect }) };
  return async (path) => {
    const startedAt = now();
    try {
      const response = await fetch(`${apiUrl}/v10${path}`, {
        headers: { authorization: `Bot ${token}`, 'user-agent': USER_AGENT },
        // The token must not be sent to an address that the configured one redirects to.
        redirect: 'manual',
        ...by,
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

/** A list of 200 servers has about 50 kB. */
const MAX_BODY_BYTES = 4 * 1_048_576;

/** No answer of Discord is larger, compressed or not. */
async function readBounded({ body }: Pick<Response, 'body'>): Promise<string> {
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
 * The header has the second, rounded down, of some moment between request and answer. A difference
 * within that is ignored.
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

/** The code, such as ECONNREFUSED, because an error's message may contain an address. */
function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (!(inner instanceof Error)) return 'no answer';
  return errorCode(inner) ?? inner.name;
}
