import { lookup as systemLookup } from 'node:dns/promises';
import {
  Agent as HttpAgent,
  request as requestHttp,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import {
  effectivePort,
  isPrivateLiteral,
  isPublicAddress,
  isTrusted,
  type TrustedHost,
} from './address-rules.ts';
import { createFault } from './fetch-fault.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** Resolves a name to all its addresses. */
export type ResolveName = (name: string) => Promise<readonly ResolvedAddress[]>;

interface GetOptions {
  readonly headers: OutgoingHttpHeaders;
  /** Aborts the request, and later the body, with its reason. */
  readonly signal: AbortSignal;
  /** Time limit for resolving, connecting and receiving the headers together. */
  readonly headersMs: number;
}

export interface PinnedAgent {
  /**
   * Sends one GET and resolves when the headers arrive. Does not follow redirects or decompress.
   */
  readonly get: (url: URL, options: GetOptions) => Promise<IncomingMessage>;
  /** Closes every connection. */
  readonly close: () => void;
}

interface PinnedAgentDeps {
  readonly trustedHosts: readonly TrustedHost[];
  readonly resolve?: ResolveName;
}

/** How long an unused connection is kept. */
const idleMs = 4_000;

/**
 * Creates an HTTP agent that resolves a name once, refuses it if any of its addresses is not
 * public, and connects to exactly these addresses. DNS is never asked a second time, which prevents
 * rebinding.
 *
 * It uses Node's own client because undici 7 crashes the process if a server closes a connection
 * while a body waits for the disk (nodejs/undici#5360).
 */
export function createPinnedAgent({
  trustedHosts,
  resolve = resolveBySystem,
}: PinnedAgentDeps): PinnedAgent {
  const httpAgent = new HttpAgent({ keepAlive: true, timeout: idleMs });
  const httpsAgent = new HttpsAgent({ keepAlive: true, timeout: idleMs });
  const lookupTrusted = createLookup(resolve, () => true);
  const lookupPublic = createLookup(resolve, isPublicAddress);

  const send = (url: URL, headers: OutgoingHttpHeaders) => {
    const trusted = isTrusted(url.hostname, effectivePort(url), trustedHosts);
    // An IP address in the URL is never looked up, so it is checked here.
    if (!trusted && isPrivateLiteral(url.hostname)) throw createFault('PRIVATE_ADDRESS');
    const lookup = trusted ? lookupTrusted : lookupPublic;
    return url.protocol === 'http:'
      ? requestHttp(url, { agent: httpAgent, headers, lookup })
      : requestHttps(url, { agent: httpsAgent, headers, lookup });
  };

  const get = async (url: URL, { headers, signal, headersMs }: GetOptions) => {
    const request = send(url, headers);
    const onAbort = (): void => void request.destroy(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    request.once('close', () => signal.removeEventListener('abort', onAbort));
    const timer = setTimeout(() => request.destroy(createFault('HEADERS_TIMEOUT')), headersMs);
    try {
      return await new Promise<IncomingMessage>((answer, reject) => {
        request.once('response', answer).on('error', reject).end();
      });
    } finally {
      clearTimeout(timer);
    }
  };

  const close = (): void => {
    httpAgent.destroy();
    httpsAgent.destroy();
  };

  return { get, close };
}

/**
 * Creates a lookup function for `net.connect` that returns all addresses of a name, or an error if
 * one is not allowed.
 */
export const createLookup =
  (resolve: ResolveName, isAllowed: (ip: string) => boolean): LookupFunction =>
  (name, options, callback) =>
    callbackify(resolveAllowed)(resolve, isAllowed, name, (error, addresses) => {
      if (error !== null) return callback(error, []);
      if (options.all === true) return callback(null, [...addresses]);
      const [first] = addresses;
      return callback(null, first.address, first.family);
    });

async function resolveAllowed(
  resolve: ResolveName,
  isAllowed: (ip: string) => boolean,
  name: string,
): Promise<readonly [ResolvedAddress, ...ResolvedAddress[]]> {
  const [first, ...others] = await resolve(name);
  if (first === undefined) {
    throw Object.assign(new Error('the name has no address'), { code: 'ENOTFOUND' });
  }
  // One private address is enough to refuse the name: rebinding attacks mix private and public
  // addresses.
  if (![first, ...others].every(({ address }) => isAllowed(address))) {
    throw createFault('PRIVATE_ADDRESS');
  }
  return [first, ...others];
}

const resolveBySystem: ResolveName = (name) => systemLookup(name, { all: true });
