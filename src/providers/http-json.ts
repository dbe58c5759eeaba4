import { boundedSignal } from '../app/bounded-signal.ts';
import { createStopSignal } from '../app/stop-signal.ts';
import { unlessAborted } from '../app/unless-aborted.ts';
import { errorCode } from '../domain/error-code.ts';
import { exchange, type HttpAnswer } from './exchange.ts';
import { createKeptConnections } from './kept-connections.ts';
import { createSingleUseClient } from './single-use-client.ts';
import { targetOf, type Connector } from '../outbound/connector.ts';
import { createFreshConnections, type FreshConnections } from '../outbound/fresh-connections.ts';
import type { OpenConnection } from '../outbound/open-connection.ts';
import { buildConnector } from '../outbound/undici.ts';

// Re-exported for those who read answers.
export type { HttpAnswer } from './exchange.ts';

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
  /** Opens its connections; by default directly. */
  readonly connect?: Connector;
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

export interface JsonClient {
  /** Opens the connection of the next `post` ahead, so that it need not wait for it. */
  prepare(): void;
  /**
   * Sends the request once, over a connection that has carried nothing, and never retries. `not-sent`
   * if that connection failed before the first byte was handed to it.
   */
  post(path: string, body: object, signal: AbortSignal): Promise<HttpResult>;
  /** Sends the request over a kept connection, or a new one. */
  get(path: string, signal: AbortSignal): Promise<HttpResult>;
  /** Aborts all requests in flight. */
  close(): Promise<void>;
}

/** Destroys each used connection. Without it, undici creates an error with a stack every time. */
const REQUEST_ENDED = new Error('the request is over');

/** Creates a JSON client for one origin. The key goes to this origin only; redirects are not followed. */
export function createJsonClient(options: JsonClientOptions): JsonClient {
  const { baseUrl, apiKey, limits = HTTP_LIMITS, now = Date.now } = options;
  const { origin, protocol, hostname, port, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/+$/, '');
  const connect = options.connect ?? buildConnector({ timeout: limits.connectMs });
  const timeouts = { headersTimeout: limits.createMs, bodyTimeout: limits.createMs };
  const target = targetOf(protocol, hostname.replace(/^\[(.*)\]$/, '$1'), port);
  const fresh = createFreshConnections(target, connect);
  const kept = createKeptConnections(origin, timeouts, connect);
  const closing = createStopSignal();
  const headers = {
    authorization: `Bearer ${apiKey}`,
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': 'clapper',
  };
  const answerOptions = { apiKey, now, maxBodyBytes: limits.maxBodyBytes };

  /** Limits a request by time, the caller and the end of the client. */
  const within = async <T>(
    ms: number,
    caller: AbortSignal,
    exchanging: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    const bounded = boundedSignal([caller, closing.signal], { ms, reason: timeoutError });
    try {
      return await exchanging(bounded.signal);
    } finally {
      bounded.release();
    }
  };

  return {
    prepare: fresh.prepare,
    post: async (path, body, caller) =>
      within(limits.createMs, caller, async (signal) => {
        const request = {
          origin,
          method: 'POST',
          path: prefix + path,
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(body),
          reset: true,
        } as const;
        let connection: OpenConnection | undefined;
        try {
          connection = await takeUnlessAborted(fresh, signal);
          const client = createSingleUseClient(origin, timeouts, connection);
          try {
            return await exchange(client, request, signal, answerOptions);
          } finally {
            await client.destroy(REQUEST_ENDED);
          }
        } catch (error) {
          const kind = connection?.hasSent() === true ? 'no-answer' : 'not-sent';
          return { kind, detail: detailOf(error) };
        } finally {
          connection?.socket.destroy();
        }
      }),
    get: async (path, caller) =>
      within(limits.queryMs, caller, async (signal) => {
        const request = { origin, method: 'GET', path: prefix + path, headers } as const;
        try {
          return await kept.send(async (pool) => exchange(pool, request, signal, answerOptions));
        } catch (error) {
          return { kind: 'no-answer', detail: detailOf(error) };
        }
      }),
    close: async () => {
      closing.abort();
      fresh.close();
      await kept.close();
    },
  };
}

/** A connection that comes after the signal is closed. */
async function takeUnlessAborted(
  fresh: FreshConnections,
  signal: AbortSignal,
): Promise<OpenConnection> {
  signal.throwIfAborted();
  const taking = fresh.take();
  try {
    return await unlessAborted(taking, signal);
  } catch (error) {
    taking.then(
      ({ socket }) => socket.destroy(),
      () => undefined,
    );
    throw error;
  }
}

/** The error's code only: its message may contain a URL. */
function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  return errorCode(error) ?? (error.name === 'AbortError' ? 'ABORTED' : error.name);
}

function timeoutError(): Error {
  return Object.assign(new Error('the request timed out'), { code: 'TIMED_OUT' });
}
