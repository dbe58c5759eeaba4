import { boundedSignal } from '../app/bounded-signal.ts';
import { createStopSignal } from '../app/stop-signal.ts';
import { unlessAborted } from '../app/unless-aborted.ts';
import { errorCode } from '../domain/error-code.ts';
import type { Dispatcher } from 'undici';
import { parseRetryAfter } from './retry-after.ts';
import { createSingleUseClient } from './single-use-client.ts';
import { Pool, buildConnector } from './undici.ts';

/** Bounds of one exchange; the totals count from the call to the last byte of the answer. */
export interface HttpLimits {
  readonly connectMs: number;
  readonly createMs: number;
  readonly queryMs: number;
  readonly maxBodyBytes: number;
}

const HTTP_LIMITS: HttpLimits = {
  connectMs: 10_000,
  // The gateway may fetch the media before it answers: minutes are normal.
  createMs: 300_000,
  queryMs: 20_000,
  maxBodyBytes: 1_048_576,
};

export interface JsonClientOptions {
  /** Origin and, where there is one, a path that every address begins with. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly limits?: HttpLimits;
  /** Milliseconds since the epoch, for Retry-After as a date. */
  readonly now?: () => number;
}

/**
 * What came of one request. `not-sent`: surely no byte of it went out.
 * `no-answer`: it may have arrived. Details are error codes only: safe for the log.
 */
export type HttpResult =
  | { readonly kind: 'not-sent'; readonly detail: string }
  | { readonly kind: 'no-answer'; readonly detail: string }
  | HttpAnswer;

export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly retryAfterMs?: number;
  readonly body:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'too-large' }
    | { readonly kind: 'cut' };
}

export interface JsonClient {
  /** Sends once, over a connection of its own, and never again by itself. */
  post(path: string, body: object, signal: AbortSignal): Promise<HttpResult>;
  get(path: string, signal: AbortSignal): Promise<HttpResult>;
  /** Ends everything under way at once. */
  close(): Promise<void>;
}

/** Given to each spent connection: the library would make a new error, with its stack, to end one. */
const SPENT = new Error('the request is over');

/** A server that echoes the key must not bring it into a message; shorter ones may be plain words. */
const MIN_CONCEALED_KEY_CHARS = 8;

/** Talks JSON to one origin, which alone ever sees the key. Redirects are answers, not followed. */
export function createJsonClient(options: JsonClientOptions): JsonClient {
  const { baseUrl, apiKey, limits = HTTP_LIMITS, now = Date.now } = options;
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/+$/, '');
  const connect = buildConnector({ timeout: limits.connectMs });
  const waits = { headersTimeout: limits.createMs, bodyTimeout: limits.createMs };
  const pool = new Pool(origin, { ...waits, connect });
  const closing = createStopSignal();
  const headers = {
    authorization: `Bearer ${apiKey}`,
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': 'clapper',
  };
  const reading = { apiKey, now, maxBodyBytes: limits.maxBodyBytes };

  return {
    post: async (path, body, signal) => {
      const connection = createSingleUseClient(origin, waits, connect);
      const bounded = boundedSignal([signal, closing.signal], {
        ms: limits.createMs,
        reason: timedOut,
      });
      const request = {
        origin,
        method: 'POST',
        path: prefix + path,
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        reset: true,
      } as const;
      try {
        return await exchange(connection.client, request, bounded.signal, reading);
      } catch (error) {
        const kind = connection.mayHaveSent() ? 'no-answer' : 'not-sent';
        return { kind, detail: detailOf(error) };
      } finally {
        bounded.release();
        await connection.client.destroy(SPENT);
      }
    },
    get: async (path, signal) => {
      const bounded = boundedSignal([signal, closing.signal], {
        ms: limits.queryMs,
        reason: timedOut,
      });
      const request = { origin, method: 'GET', path: prefix + path, headers } as const;
      try {
        return await exchange(pool, request, bounded.signal, reading);
      } catch (error) {
        return { kind: 'no-answer', detail: detailOf(error) };
      } finally {
        bounded.release();
      }
    },
    close: async () => {
      closing.abort();
      await pool.destroy();
    },
  };
}

interface Reading {
  readonly apiKey: string;
  readonly now: () => number;
  readonly maxBodyBytes: number;
}

function timedOut(): Error {
  return Object.assign(new Error('the request was given up'), { code: 'TIMED_OUT' });
}

async function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.RequestOptions,
  signal: AbortSignal,
  { apiKey, now, maxBodyBytes }: Reading,
): Promise<HttpAnswer> {
  signal.throwIfAborted();
  const response = await unlessAborted(dispatcher.request({ ...request, signal }), signal);
  const { date, 'retry-after': retryAfter } = response.headers;
  // By the clock that wrote both: ours, or theirs, may be wrong.
  const sentAt = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  const retryAfterMs = parseRetryAfter(retryAfter, Number.isNaN(sentAt) ? now() : sentAt);
  return {
    kind: 'answer',
    status: response.statusCode,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    body: await readBody(response.body, maxBodyBytes, apiKey),
  };
}

async function readBody(
  body: Dispatcher.ResponseData['body'],
  maxBytes: number,
  apiKey: string,
): Promise<HttpAnswer['body']> {
  // Leaving the loop early destroys the stream, which then reports it as an error nobody awaits.
  body.on('error', () => undefined);
  const stream: AsyncIterable<Uint8Array> = body;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) return { kind: 'too-large' };
      chunks.push(chunk);
    }
  } catch {
    return { kind: 'cut' };
  }
  const text = new TextDecoder().decode(Buffer.concat(chunks));
  return { kind: 'text', text: concealKey(text, apiKey) };
}

function concealKey(text: string, apiKey: string): string {
  return apiKey.length < MIN_CONCEALED_KEY_CHARS ? text : text.replaceAll(apiKey, '[key]');
}

/** Codes only: an error's message may carry an address. */
function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  return errorCode(error) ?? (error.name === 'AbortError' ? 'ABORTED' : error.name);
}
