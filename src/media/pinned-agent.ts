import {
  request as requestHttp,
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import { boundedSignal } from '../app/bounded-signal.ts';
import { unlessAborted } from '../app/unless-aborted.ts';
import { errorCode } from '../domain/error-code.ts';
import type { Connector } from '../outbound/connector.ts';
import { createOpeningAgent } from '../outbound/opening-agent.ts';
import { createFault } from './fetch-fault.ts';

interface GetOptions {
  /** `HEAD` asks without a body; by default `GET`. */
  readonly method?: 'GET' | 'HEAD';
  readonly headers: OutgoingHttpHeaders;
  /** Aborts the request, and later the body, with its reason. */
  readonly signal: AbortSignal;
  /** Time limit for resolving, connecting and receiving the headers together. */
  readonly headersMs: number;
}

export interface PinnedAgent {
  /**
   * Sends one GET and resolves when the headers arrive. Does not follow redirects or decompress. A
   * GET that a kept connection lost without an answer is sent once more over another one.
   */
  readonly get: (url: URL, options: GetOptions) => Promise<IncomingMessage>;
  /** Closes every connection. */
  readonly close: () => void;
}

/** How long an unused connection is kept. */
const idleMs = 4_000;

/** A server that closes a kept connection just when it is used again ends it with one of these. */
const lostConnectionCodes: readonly unknown[] = ['ECONNRESET', 'EPIPE'];

/**
 * Creates an HTTP agent whose connections are opened by `connect`, which checks every address, and
 * kept for the next request.
 *
 * It uses Node's own client because undici 7 crashes the process if a server closes a connection
 * while a body waits for the disk (nodejs/undici#5360).
 */
export function createPinnedAgent(connect: Connector): PinnedAgent {
  const httpAgent = createOpeningAgent(connect, 'http:', keepingOptions);
  const httpsAgent = createOpeningAgent(connect, 'https:', keepingOptions);

  const send = (
    url: URL,
    options: { method: string; headers: OutgoingHttpHeaders },
  ): ClientRequest =>
    url.protocol === 'http:'
      ? requestHttp(url, { agent: httpAgent, ...options })
      : requestHttps(url, { agent: httpsAgent, ...options });

  const getOnce = async (url: URL, options: GetOptions) => {
    const { method = 'GET', headers, signal, headersMs } = options;
    const request = send(url, { method, headers });
    const onAbort = (): void => void request.destroy(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    request.once('close', () => signal.removeEventListener('abort', onAbort));
    const bounded = boundedSignal([signal], {
      ms: headersMs,
      reason: () => createFault('HEADERS_TIMEOUT'),
    });
    const answer = new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve).on('error', reject).end();
    });
    try {
      // A request that still waits for its connection does not react to its own end.
      return { response: await unlessAborted(answer, bounded.signal) };
    } catch (error) {
      const isLost = request.reusedSocket && lostConnectionCodes.includes(errorCode(error));
      request.destroy();
      if (isLost && !bounded.signal.aborted) return { response: undefined };
      throw error;
    } finally {
      bounded.release();
    }
  };

  return {
    get: async (url, options) => {
      for (;;) {
        // Each lost connection leaves one kept connection fewer, so this ends.
        const { response } = await getOnce(url, options);
        if (response !== undefined) return response;
      }
    },
    close: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

const keepingOptions = { keepAlive: true, timeout: idleMs };
