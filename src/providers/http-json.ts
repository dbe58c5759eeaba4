import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { boundedSignal } from '../app/bounded-signal.ts';
import { createStopSignal } from '../app/stop-signal.ts';
import { inSlices } from './body-parts.ts';
import type { PartedBody } from './body-parts.ts';
import { exchange, type HttpResult } from './exchange.ts';
import { createKeptConnections } from './kept-connections.ts';
import { multipartBody } from './multipart-file.ts';
import type { MultipartBody, UploadedFile } from './multipart-file.ts';
import { detailOf, sendOnce } from './send-once.ts';
import { targetOf, type Connector } from '../outbound/connector.ts';
import { createFreshConnections } from '../outbound/fresh-connections.ts';
import { buildConnector } from '../outbound/undici.ts';

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
  /** Sent with every request; without one, none is. */
  readonly apiKey?: string;
  readonly limits?: HttpLimits;
  /** Opens its connections; by default directly. */
  readonly connect?: Connector;
  /** Milliseconds since the epoch, for a Retry-After header that is a date. */
  readonly now?: () => number;
}

/** JSON, or a body that says its own type. */
type CreateBody = string | PartedBody | MultipartBody;

export interface JsonClient {
  /** Opens the connection of the next `post` ahead, so that it need not wait for it. */
  prepare(): void;
  /**
   * Sends the request once, over a connection that has carried nothing, and never retries. `not-sent`
   * if that connection failed before the first byte was handed to it.
   */
  post(path: string, body: CreateBody, signal: AbortSignal): Promise<HttpResult>;
  /** Sends what may be sent twice, over a kept connection or a new one, as quick as a query. */
  ask(path: string, json: string, signal: AbortSignal): Promise<HttpResult>;
  /** Uploads a file over a kept connection, or a new one; may be sent twice if the first one was lost. */
  postFile(path: string, file: UploadedFile, signal: AbortSignal): Promise<HttpResult>;
  /** Sends the request over a kept connection, or a new one. */
  get(path: string, signal: AbortSignal): Promise<HttpResult>;
  /** Deletes something, once, over a connection that has carried nothing; as quick as a query. */
  delete(path: string, signal: AbortSignal): Promise<HttpResult>;
  /** Aborts all requests in flight. */
  close(): Promise<void>;
}

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
  const headers = headersWith(apiKey);
  const answerOptions = { apiKey, now, maxBodyBytes: limits.maxBodyBytes };
  const within = withinLimits(closing.signal);
  const sendKept = async (make: MakeRequest, signal: AbortSignal): Promise<HttpResult> => {
    try {
      return await kept.send(async (pool) =>
        exchange(pool, { origin, ...make() }, signal, answerOptions),
      );
    } catch (error) {
      return { kind: 'no-answer', detail: detailOf(error) };
    }
  };
  const sendFresh = async (request: WithoutOrigin, signal: AbortSignal): Promise<HttpResult> =>
    sendOnce({ fresh, origin, timeouts, signal }, async (client) =>
      exchange(client, { origin, ...request }, signal, answerOptions),
    );

  return {
    prepare: fresh.prepare,
    post: async (path, body, caller) =>
      within(limits.createMs, caller, async (signal) =>
        sendFresh({ path: prefix + path, ...postOf(body, headers) }, signal),
      ),
    postFile: async (path, file, caller) =>
      within(limits.createMs, caller, async (signal) => {
        const body = multipartBody([file]);
        return sendKept(() => ({ ...postOf(body, headers), path: prefix + path }), signal);
      }),
    ask: async (path, json, caller) =>
      within(limits.queryMs, caller, async (signal) =>
        sendKept(() => ({ ...postOf(json, headers), path: prefix + path }), signal),
      ),
    get: async (path, caller) =>
      within(limits.queryMs, caller, async (signal) =>
        sendKept(() => ({ method: 'GET', path: prefix + path, headers }), signal),
      ),
    delete: async (path, caller) =>
      within(limits.queryMs, caller, async (signal) =>
        sendFresh({ method: 'DELETE', path: prefix + path, headers }, signal),
      ),
    close: async () => {
      closing.abort();
      fresh.close();
      await kept.close();
    },
  };
}

function headersWith(apiKey: string | undefined) {
  return {
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': 'clapper',
  };
}

/** Makes a request that may be sent twice: a body can be read once alone. */
type MakeRequest = () => WithoutOrigin;

type WithoutOrigin = Omit<Dispatcher.RequestOptions, 'origin'>;

function postOf(body: CreateBody, headers: object) {
  const isOther = typeof body === 'object' && 'contentType' in body;
  const type = isOther ? body.contentType : 'application/json';
  return { method: 'POST', ...bodyOf(body, { ...headers, 'content-type': type }) } as const;
}

function bodyOf(body: CreateBody, headers: object) {
  if (typeof body === 'string') return { headers: { ...headers }, body };
  return {
    headers: { ...headers, 'content-length': String(body.bytes) },
    body: Readable.from(inSlices(body)),
  };
}

/** Limits requests by time, by their caller and by the end of the client. */
const withinLimits =
  (closing: AbortSignal) =>
  async <T>(
    ms: number,
    caller: AbortSignal,
    exchanging: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    const bounded = boundedSignal([caller, closing], { ms, reason: timeoutError });
    try {
      return await exchanging(bounded.signal);
    } finally {
      bounded.release();
    }
  };

function timeoutError(): Error {
  return Object.assign(new Error('the request timed out'), { code: 'TIMED_OUT' });
}
