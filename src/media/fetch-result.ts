import type { AddressFault } from '../outbound/address-rules.ts';
import type { KeptVideo } from './video-sink.ts';

/** The result of fetching a video. Only `try-again` is worth another attempt at the same URL. */
export type FetchResult =
  | KeptVideo
  | { readonly kind: 'too-large'; readonly bytes?: number }
  | { readonly kind: 'forbidden'; readonly reason: AddressFault }
  /** A redirect loop, or too long a chain. */
  | { readonly kind: 'too-many-redirects' }
  | { readonly kind: 'gone'; readonly status: number }
  | { readonly kind: 'not-mp4' }
  | { readonly kind: 'try-again'; readonly detail: string; readonly retryAfterMs?: number };

type StatusVerdict = 'judge-body' | 'gone' | 'try-again';

/** Client errors that are temporary: request timeout, too early, too many requests. */
const temporaryStatuses: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * Statuses that may come with the whole file. 202 means it is not ready yet; 206 is usually only a
 * part.
 */
const wholeStatuses: ReadonlySet<number> = new Set([200, 203, 204]);

/** `wholeRangeBytes` is the result of `parseWholeRange` for the answer's Content-Range. */
export function classifyStatus(status: number, wholeRangeBytes?: number): StatusVerdict {
  if (wholeStatuses.has(status)) return 'judge-body';
  if (status === 206 && wholeRangeBytes !== undefined) return 'judge-body';
  if (status >= 400 && status < 500 && !temporaryStatuses.has(status)) return 'gone';
  return 'try-again';
}

/**
 * A Retry-After header as a delay in milliseconds from `nowMs`; `undefined` if absent or malformed.
 */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const at = /^[A-Z]/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

/** A Content-Length header in bytes; `undefined` if absent or not a plain number. */
export const parseContentLength = (value: string | undefined): number | undefined =>
  value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined;

/** The size of the file if a Content-Range covers all of it; `undefined` for a part. */
export function parseWholeRange(value: string | undefined): number | undefined {
  const [, last, total] = /^bytes 0-(\d{1,15})\/(\d{1,15})$/i.exec(value?.trim() ?? '') ?? [];
  return Number(last) + 1 === Number(total) ? Number(total) : undefined;
}
