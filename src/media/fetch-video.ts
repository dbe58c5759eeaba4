import { checkAddress, type TrustedHost } from '../outbound/address-rules.ts';
import { boundedSignal } from '../app/bounded-signal.ts';
import { createFault } from './fetch-fault.ts';
import type { FetchResult } from './fetch-result.ts';
import type { PinnedAgent } from './pinned-agent.ts';
import { redirectTarget } from './redirect-target.ts';
import { discardBody, takeAnswer } from './take-answer.ts';
import { errorCode } from '../domain/error-code.ts';
import type { VideoRoom } from './video-room.ts';

export interface FetchLimits {
  readonly maxRedirects: number;
  /** Upper limit for any file, even if the caller allows more. */
  readonly maxBytes: number;
  /** Maximum wait for the headers, and then for each next byte. */
  readonly stallMs: number;
  /** Maximum time from the first request to the whole file, redirects included. */
  readonly totalMs: number;
}

const defaultFetchLimits: FetchLimits = {
  maxRedirects: 10,
  maxBytes: 512 * 1024 * 1024,
  stallMs: 30_000,
  totalMs: 600_000,
};

/** The key of a provider for an address; `undefined` where the address is not at its server. */
export type KeyFor = (provider: string, address: string) => string | undefined;

interface VideoFetcherDeps {
  /** For addresses that came from outside. */
  readonly agent: PinnedAgent;
  /** For the servers that the operator configured; by default the same. */
  readonly homeAgent?: PinnedAgent;
  readonly trustedHosts: readonly TrustedHost[];
  /** Returns a provider's key where an address is at its configured server; by default there is none. */
  readonly keyFor?: KeyFor;
  /** Where small videos are held; by default every video becomes a file. */
  readonly room?: VideoRoom;
  readonly limits?: Partial<FetchLimits>;
  /** Milliseconds since the epoch; needed if Retry-After is a date. */
  readonly now?: () => number;
}

interface FetchInput {
  readonly url: string;
  /** The provider with whose key it is fetched, as far as it stays at that provider's server. */
  readonly withKeyOf?: string;
  readonly toPath: string;
  /** Discord's attachment limit. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

export type FetchVideo = (input: FetchInput) => Promise<FetchResult>;

interface Visit {
  readonly address: string;
  readonly toPath: string;
  readonly maxBytes: number;
  /** Combines the caller's signal and the total time limit. */
  readonly signal: AbortSignal;
  readonly redirectsLeft: number;
  /** Goes to the origin of `address` alone. */
  readonly key: string | undefined;
}

const requestHeaders = {
  accept: 'video/mp4, */*',
  'accept-encoding': 'identity',
  'user-agent': 'Clapper',
};

/**
 * Creates the function that downloads a finished video, into memory or to a file. Expected failures are returned as
 * values; it throws only the reason of an aborted `signal`, and bugs. No result contains a URL,
 * because signed URLs must not reach a log.
 */
export function createVideoFetcher({
  agent,
  homeAgent = agent,
  trustedHosts,
  keyFor = () => undefined,
  room,
  limits: givenLimits,
  now = Date.now,
}: VideoFetcherDeps): FetchVideo {
  const limits: FetchLimits = { ...defaultFetchLimits, ...givenLimits };

  const visit = async (input: Visit): Promise<FetchResult> => {
    const { signal, toPath, maxBytes, redirectsLeft, key } = input;
    // What is fetched with the key is at the server that the operator configured, wherever that is.
    const isAtHome = key !== undefined;
    const trusted = isAtHome ? [...trustedHosts, ...hostOf(input.address)] : trustedHosts;
    const checked = checkAddress(input.address, trusted);
    if (!checked.ok) return { kind: 'forbidden', reason: checked.reason };
    const { url } = checked;
    const { stallMs } = limits;
    try {
      const options = { headers: headersWith(key), signal, headersMs: stallMs };
      const response = await (isAtHome ? homeAgent : agent).get(url, options);
      const next = redirectTarget(response, url, trusted);
      if (next === undefined) {
        const bounds = { toPath, room, maxBytes, stallMs, nowMs: now() };
        return await takeAnswer(response, { host: url.host, ...bounds });
      }
      discardBody(response);
      if (redirectsLeft === 0) return { kind: 'too-many-redirects' };
      // The key stays at home: what has once been somewhere else goes on without it.
      const isHome = URL.canParse(next) && new URL(next).origin === url.origin;
      const further = { redirectsLeft: redirectsLeft - 1, key: isHome ? key : undefined };
      return await visit({ ...input, address: next, ...further });
    } catch (error) {
      // After an abort, the error of the broken request would hide the abort's reason.
      return faultResult(signal.aborted ? signal.reason : error, url.host);
    }
  };

  return async ({ url, withKeyOf, toPath, maxBytes: allowedBytes, signal }) => {
    signal.throwIfAborted();
    const bounded = boundedSignal([signal], {
      ms: limits.totalMs,
      reason: () => createFault('TOTAL_TIMEOUT'),
    });
    const maxBytes = Math.min(allowedBytes, limits.maxBytes);
    const { maxRedirects: redirectsLeft } = limits;
    try {
      const key = withKeyOf === undefined ? undefined : keyFor(withKeyOf, url);
      const bounds = { toPath, maxBytes, redirectsLeft, key, signal: bounded.signal };
      const result = await visit({ address: url, ...bounds });
      // An abort reason with a code would look like a network error.
      if (result.kind === 'try-again') signal.throwIfAborted();
      return result;
    } finally {
      bounded.release();
    }
  };
}

function hostOf(address: string): TrustedHost[] {
  return URL.canParse(address) ? [{ host: new URL(address).hostname }] : [];
}

function headersWith(key: string | undefined) {
  return key === undefined ? requestHeaders : { ...requestHeaders, authorization: `Bearer ${key}` };
}

/**
 * Network and disk errors have a code. An error without one is a bug or the caller's abort reason,
 * and is rethrown.
 */
function faultResult(error: unknown, host: string): FetchResult {
  const code = errorCode(error);
  if (code === undefined) throw error;
  if (code === 'PRIVATE_ADDRESS') return { kind: 'forbidden', reason: 'private-address' };
  // Only the code, because messages may quote the URL.
  return { kind: 'try-again', detail: `${host}: ${code}` };
}
