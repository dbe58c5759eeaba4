import { checkAddress, type TrustedHost } from './address-rules.ts';
import { boundedSignal } from '../app/bounded-signal.ts';
import { createFault } from './fetch-fault.ts';
import type { FetchResult } from './fetch-result.ts';
import type { PinnedAgent } from './pinned-agent.ts';
import { redirectTarget } from './redirect-target.ts';
import { discardBody, takeAnswer } from './take-answer.ts';
import { errorCode } from '../domain/error-code.ts';

export type FetchLimits = {
  readonly maxRedirects: number;
  /** Of any file, whatever the caller allows. */
  readonly maxBytes: number;
  /** Until the headers, and then without a byte. */
  readonly stallMs: number;
  /** From the first request to the whole file, redirects included. */
  readonly totalMs: number;
};

const defaultFetchLimits: FetchLimits = {
  maxRedirects: 10,
  maxBytes: 512 * 1024 * 1024,
  stallMs: 30_000,
  totalMs: 600_000,
};

type VideoFetcherDeps = {
  readonly dispatcher: PinnedAgent;
  readonly trustedHosts: readonly TrustedHost[];
  readonly limits?: Partial<FetchLimits>;
  /** Milliseconds since the epoch, for a Retry-After that is a date. */
  readonly now?: () => number;
};

type FetchInput = {
  readonly url: string;
  readonly toPath: string;
  /** The attachment limit. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
};

export type FetchVideo = (input: FetchInput) => Promise<FetchResult>;

type Visit = {
  readonly address: string;
  readonly toPath: string;
  readonly maxBytes: number;
  /** The caller's signal and the total time limit in one. */
  readonly signal: AbortSignal;
  readonly redirectsLeft: number;
};

const requestHeaders = {
  accept: 'video/mp4, */*',
  'accept-encoding': 'identity',
  'user-agent': 'Clapper',
};

/**
 * Creates what fetches a finished video to a file. Every expected trouble is a value; it throws
 * only the reason of an aborted `signal`, and bugs. Nothing that it returns carries an address:
 * signed ones must not reach a log.
 */
export const createVideoFetcher = ({
  dispatcher,
  trustedHosts,
  limits: givenLimits,
  now = Date.now,
}: VideoFetcherDeps): FetchVideo => {
  const limits: FetchLimits = { ...defaultFetchLimits, ...givenLimits };

  const visit = async (input: Visit): Promise<FetchResult> => {
    const { signal, toPath, maxBytes, redirectsLeft } = input;
    const checked = checkAddress(input.address, trustedHosts);
    if (!checked.ok) return { kind: 'forbidden', reason: checked.reason };
    const { url } = checked;
    const { stallMs } = limits;
    try {
      const options = { headers: requestHeaders, signal, headersMs: stallMs };
      const response = await dispatcher.get(url, options);
      const next = redirectTarget(response, url, trustedHosts);
      if (next === undefined) {
        const bounds = { toPath, maxBytes, stallMs, nowMs: now() };
        return await takeAnswer(response, { host: url.host, ...bounds });
      }
      discardBody(response);
      if (redirectsLeft === 0) return { kind: 'too-many-redirects' };
      return await visit({ ...input, address: next, redirectsLeft: redirectsLeft - 1 });
    } catch (error) {
      // What an abort breaks complains in its own words.
      return faultResult(signal.aborted ? signal.reason : error, url.host);
    }
  };

  return async ({ url, toPath, maxBytes: allowedBytes, signal }) => {
    signal.throwIfAborted();
    const bounded = boundedSignal([signal], {
      ms: limits.totalMs,
      reason: () => createFault('TOTAL_TIMEOUT'),
    });
    const maxBytes = Math.min(allowedBytes, limits.maxBytes);
    const { maxRedirects: redirectsLeft } = limits;
    try {
      const bounds = { toPath, maxBytes, redirectsLeft, signal: bounded.signal };
      const result = await visit({ address: url, ...bounds });
      // A reason with a code looks like trouble of the network.
      if (result.kind === 'try-again') signal.throwIfAborted();
      return result;
    } finally {
      bounded.release();
    }
  };
};

/** Trouble of the network or the disk has a code; what has none is a bug, or a caller's reason, and goes on up. */
const faultResult = (error: unknown, host: string): FetchResult => {
  const code = errorCode(error);
  if (code === undefined) throw error;
  if (code === 'PRIVATE_ADDRESS') return { kind: 'forbidden', reason: 'private-address' };
  // The code alone: messages may quote the address.
  return { kind: 'try-again', detail: `${host}: ${code}` };
};
