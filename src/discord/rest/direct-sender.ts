import type { Dispatcher } from 'undici';
import type { Connector } from '../../outbound/connector.ts';
import { Pool } from '../../outbound/undici.ts';
import type { Send, WatchedAnswer } from '../send.ts';

/** A request as it is sent; `url` of the sender is the path below the API's version. */
export interface DirectInit {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  /** With a `content-length` among the headers where it is a stream; `undefined` for a GET. */
  readonly body: string | Uint8Array | ReadableStream<Uint8Array> | undefined;
  /** Aborts the request with its reason, until the answer has arrived completely. */
  readonly signal: AbortSignal;
}

/** A complete answer. */
export interface DirectAnswer extends WatchedAnswer {
  readonly text: string;
}

export type DirectSend = Send<DirectInit, DirectAnswer>;

/** Far longer than any answer of Discord, in bytes; a longer one is an error. */
const MAX_ANSWER_BYTES = 1_048_576;

/** The version of Discord's API, for every request. */
export const API_VERSION = '10';

/**
 * Creates a sender over undici, for routes on which discord.js's REST only costs time. It sends
 * every request once: no retries, no redirects, no waiting. The connections are kept alive; `connect`
 * opens them, undici itself without it.
 */
export function createDirectSender(apiUrl: string, connect?: Connector): DirectSend {
  const { origin, pathname } = new URL(apiUrl);
  const prefix = `${pathname.replace(/\/+$/, '')}/v${API_VERSION}`;
  const pool = new Pool(origin, {
    maxResponseSize: MAX_ANSWER_BYTES,
    ...(connect && { connect }),
  });
  return async (path, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      const request = { origin, path: prefix + path, method, headers: { ...headers } };
      pool.dispatch(
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its types know Node's streams alone; it takes every iterable of bytes
        { ...request, body: (body ?? null) as NonNullable<Dispatcher.DispatchOptions['body']> },
        answerHandler(signal, resolve, reject),
      );
    });
}

/** Collects one answer, and aborts its request with the signal. */
function answerHandler(
  signal: AbortSignal,
  resolve: (answer: DirectAnswer) => void,
  reject: (cause: unknown) => void,
): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  let status = 0;
  let headers: WatchedAnswer['headers'] = { get: () => null };
  let sending: Dispatcher.DispatchController | undefined;
  const abort = (): void => {
    sending?.abort(signal.reason);
    reject(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  const stopListening = (): void => signal.removeEventListener('abort', abort);
  return {
    onRequestStart(controller) {
      sending = controller;
      if (signal.aborted) abort();
    },
    onResponseStart(_controller, statusCode, received) {
      status = statusCode;
      headers = headersOf(received);
    },
    onResponseData(_controller, chunk) {
      chunks.push(chunk);
    },
    onResponseEnd() {
      stopListening();
      resolve({ status, headers, text: Buffer.concat(chunks).toString() });
    },
    onResponseError(_controller, error) {
      stopListening();
      reject(error);
    },
  };
}

function headersOf(
  received: Readonly<Record<string, string | string[] | undefined>>,
): WatchedAnswer['headers'] {
  return {
    get(name) {
      const value = received[name];
      return Array.isArray(value) ? value.join(', ') : (value ?? null);
    },
  };
}
