import { performance } from 'node:perf_hooks';
import { boundedSignal } from '../../app/bounded-signal.ts';
import { USER_AGENT } from '../user-agent.ts';
import { RateLimited, refusalOf } from './direct-failure.ts';
import type { DirectAnswer, DirectInit, DirectSend } from './direct-sender.ts';
import { formBody, jsonBody } from './multipart.ts';
import type { CarriedFile } from './multipart.ts';
import { createRateLimits } from './rate-limits.ts';

/** One request to a route of interactions, with a file, or that must not wait for others. */
export interface DirectRequest {
  readonly method: DirectInit['method'];
  /** The path below the API's version. It may contain a token, so it must not be logged. */
  readonly route: string;
  /** The requests whose rate Discord limits together; `undefined` if it does not limit them. */
  readonly bucket?: string;
  /** `undefined` for a GET or a DELETE. */
  readonly body?: object;
  readonly files?: readonly CarriedFile[] | undefined;
  /** Sent as it is; without it no token of the bot is sent. */
  readonly authorization?: string | undefined;
  /** The time limit until the answer has arrived completely, in milliseconds. */
  readonly limitMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends a request once and resolves with the answer's JSON, `undefined` if it has none. Throws a
 * DirectRefusal, a RateLimited, an AddressBanned, or the error of the connection or the signal. No
 * error contains the route or the body.
 */
export type DirectRequests = (request: DirectRequest) => Promise<unknown>;

export function createDirectRequests(send: DirectSend): DirectRequests {
  const limits = createRateLimits(() => performance.now());
  return async ({ method, route, bucket, body, files, authorization, limitMs, signal }) => {
    throwIfLimited(limits.leftMs(bucket));
    const own = await bodyOf(body, files);
    const headers = {
      'user-agent': USER_AGENT,
      ...own.headers,
      ...(authorization === undefined ? {} : { authorization }),
    };
    const bounded = boundedSignal(signal === undefined ? [] : [signal], {
      ms: limitMs,
      reason: timeoutError,
    });
    try {
      const init = { method, headers, body: own.body, signal: bounded.signal };
      const answer = await send(route, init);
      return read(answer, (json) => limits.record(bucket, answer, json));
    } finally {
      bounded.release();
    }
  };
}

async function bodyOf(
  body: object | undefined,
  files: readonly CarriedFile[] | undefined,
): Promise<Pick<DirectInit, 'headers' | 'body'>> {
  if (body === undefined) return { headers: {}, body: undefined };
  return files === undefined ? jsonBody(body) : formBody(body, files);
}

function timeoutError(): Error {
  return new DOMException('Discord did not answer in time', 'TimeoutError');
}

function throwIfLimited(leftMs: number): void {
  if (leftMs > 0) throw new RateLimited(leftMs);
}

/** The JSON of a success; every other answer throws. */
function read({ status, headers, text }: DirectAnswer, record: (json: unknown) => number): unknown {
  const isJson = headers.get('content-type')?.startsWith('application/json') === true;
  const json: unknown = isJson && text !== '' ? parse(text) : undefined;
  const waitMs = record(json);
  if (status === 429) throw new RateLimited(waitMs > 0 ? waitMs : undefined);
  if (status < 200 || status >= 300) throw refusalOf(status, json);
  // Whether Discord did what was asked is not known.
  if (json === UNREADABLE) throw new Error('Discord answered with broken JSON');
  return json;
}

const UNREADABLE = Symbol('broken JSON');

/** The error of `JSON.parse` is not passed on: it quotes the text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return UNREADABLE;
  }
}
