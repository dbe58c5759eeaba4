import { boundedSignal } from '../app/bounded-signal.ts';
import { createStopSignal } from '../app/stop-signal.ts';
import { unlessAborted } from '../app/unless-aborted.ts';
import { errorCode } from '../domain/error-code.ts';
import type { Dispatcher } from 'undici';
import { parseRetryAfter } from './retry-after.ts';
import { createSingleUseClient } from './single-use-client.ts';
import { Pool, buildConnector } from './undici.ts';

/** Limits of one exchange. `createMs` and `queryMs` run from the call to the last byte of the answer. */
export interface HttpLimits {
  readonly connectMs: number;
  readonly createMs: number;
  readonly queryMs: number;
  readonly maxBodyBytes: number;
}

const HTTP_LIMITS: HttpLimits = {
  connectMs: 10_000,
  // The gateway may fetch the media before it answers, which can take minutes.
  createMs: 300_000,
  queryMs: 20_000,
  maxBodyBytes: 1_048_576,
};

export interface JsonClientOptions {
  /** The origin, optionally with a path prefix. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly limits?: HttpLimits;
  /** Milliseconds since the epoch, for a Retry-After header that is a date. */
  readonly now?: () => number;
}

/**
 * The result of one request. `not-sent`: no byte of it left. `no-answer`: it may have arrived.
 * `detail` contains error codes only, so it is safe to log.
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
  /** Sends the request once over a new connection, and never retries. */
  post(path: string, body: object, signal: AbortSignal): Promise<HttpResult>;
  get(path: string, signal: AbortSignal): Promise<HttpResult>;
  /** Aborts all requests in flight. */
  close(): Promise<void>;
}

/** Destroys each used connection. Without it, undici creates an error with a stack every time. */
const REQUEST_ENDED = new Error('the request is over');

/** A key that a server echoes is redacted. Shorter keys are not: they could be ordinary words. */
const MIN_REDACTED_KEY_CHARS = 8;

/** Creates a JSON client for one origin. The key goes to this origin only; redirects are not followed. */
export function createJsonClient(options: JsonClientOptions): JsonClient {
  const { baseUrl, apiKey, limits = HTTP_LIMITS, now = Date.now } = options;
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/+$/, '');
  const connect = buildConnector({ timeout: limits.connectMs });
  const timeouts = { headersTimeout: limits.createMs, bodyTimeout: limits.createMs };
  const pool = new Pool(origin, { ...timeouts, connect });
  const closing = createStopSignal();
  const headers = {
    authorization: `Bearer ${apiKey}`,
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': 'clapper',
  };
  const answerOptions = { apiKey, now, maxBodyBytes: limits.maxBodyBytes };

  return {
    post: async (path, body, signal) => {
      const connection = createSingleUseClient(origin, timeouts, connect);
      const bounded = boundedSignal([signal, closing.signal], {
        ms: limits.createMs,
        reason: timeoutError,
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
        return await exchange(connection.client, request, bounded.signal, answerOptions);
      } catch (error) {
        const kind = connection.mayHaveSent() ? 'no-answer' : 'not-sent';
        return { kind, detail: detailOf(error) };
      } finally {
        bounded.release();
        await connection.client.destroy(REQUEST_ENDED);
      }
    },
    get: async (path, signal) => {
      const bounded = boundedSignal([signal, closing.signal], {
        ms: limits.queryMs,
        reason: timeoutError,
      });
      const request = { origin, method: 'GET', path: prefix + path, headers } as const;
      try {
        return await exchange(pool, request, bounded.signal, answerOptions);
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

interface AnswerOptions {
  readonly apiKey: string;
  readonly now: () => number;
  readonly maxBodyBytes: number;
}

function timeoutError(): Error {
  return Object.assign(new Error('the request timed out'), { code: 'TIMED_OUT' });
}

async function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.RequestOptions,
  signal: AbortSignal,
  { apiKey, now, maxBodyBytes }: AnswerOptions,
): Promise<HttpAnswer> {
  signal.throwIfAborted();
  const response = await unlessAborted(dispatcher.request({ ...request, signal }), signal);
  const { date, 'retry-after': retryAfter } = response.headers;
  // Retry-After and Date come from the same clock, which may differ from ours.
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
  // Leaving the loop early destroys the stream, which then emits an error that would be unhandled.
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
  return { kind: 'text', text: redactKey(text, apiKey) };
}

function redactKey(text: string, apiKey: string): string {
  return apiKey.length < MIN_REDACTED_KEY_CHARS ? text : text.replaceAll(apiKey, '[key]');
}

/** The error's code only: its message may contain a URL. */
function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  return errorCode(error) ?? (error.name === 'AbortError' ? 'ABORTED' : error.name);
}
