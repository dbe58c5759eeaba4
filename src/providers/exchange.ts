import type { Dispatcher } from 'undici';
import { unlessAborted } from '../app/unless-aborted.ts';
import { decodeBody, encodingOf } from '../outbound/decode-body.ts';
import { TOO_LARGE, limitBytes } from '../outbound/limit-bytes.ts';
import { parseRetryAfter } from './retry-after.ts';

/**
 * The result of one request. `not-sent`: no byte of it left. `no-answer`: it may have arrived.
 * `detail` contains error codes only, so it is safe to log.
 */
export type HttpResult =
  | { readonly kind: 'not-sent'; readonly detail: string }
  | { readonly kind: 'no-answer'; readonly detail: string }
  | HttpAnswer;

/** What a server answered. */
export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly retryAfterMs?: number;
  readonly body:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'too-large' }
    | { readonly kind: 'cut' };
}

/** A key that a server echoes is redacted. Shorter keys are not: they could be ordinary words. */
const MIN_REDACTED_KEY_CHARS = 8;

/** How an answer is read. */
export interface AnswerOptions {
  /** Redacted where the server echoes it. */
  readonly apiKey?: string | undefined;
  /** Milliseconds since the epoch, for a Retry-After header that is a date. */
  readonly now: () => number;
  /** For the body as it comes, and for what comes out if it is compressed. */
  readonly maxBodyBytes: number;
}

/** Sends a request once and reads its answer. Rejects if there is none. */
export async function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.RequestOptions,
  signal: AbortSignal,
  { apiKey, now, maxBodyBytes }: AnswerOptions,
): Promise<HttpAnswer> {
  signal.throwIfAborted();
  const response = await unlessAborted(dispatcher.request({ ...request, signal }), signal);
  const { date, 'retry-after': retryAfter, 'content-encoding': contentEncoding } = response.headers;
  // Retry-After and Date come from the same clock, which may differ from ours.
  const sentAt = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  const retryAfterMs = parseRetryAfter(retryAfter, Number.isNaN(sentAt) ? now() : sentAt);
  return {
    kind: 'answer',
    status: response.statusCode,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    body: await readBody(response.body, contentEncoding, maxBodyBytes, apiKey),
  };
}

async function readBody(
  body: Dispatcher.ResponseData['body'],
  contentEncoding: string | string[] | undefined,
  maxBytes: number,
  apiKey = '',
): Promise<HttpAnswer['body']> {
  // Leaving the loop early destroys the stream, which then emits an error that would be unhandled.
  body.on('error', () => undefined);
  const encoding = encodingOf(String(contentEncoding ?? ''));
  const chunks: Uint8Array[] = [];
  try {
    const received = limitBytes(body, maxBytes);
    const bytes = encoding === undefined ? received : decodeBody(received, encoding);
    // A small compressed body may become a large one.
    for await (const chunk of limitBytes(bytes, maxBytes)) chunks.push(chunk);
  } catch (error) {
    return { kind: error === TOO_LARGE ? 'too-large' : 'cut' };
  }
  const text = new TextDecoder().decode(Buffer.concat(chunks));
  return { kind: 'text', text: redactKey(text, apiKey) };
}

function redactKey(text: string, apiKey: string): string {
  return apiKey.length < MIN_REDACTED_KEY_CHARS ? text : text.replaceAll(apiKey, '[key]');
}
