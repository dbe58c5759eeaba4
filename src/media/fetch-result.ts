import type { AddressFault } from './address-rules.ts';

/** How fetching a video ended. Only `try-again` is worth another attempt with the same address. */
export type FetchResult =
  | { readonly kind: 'saved'; readonly path: string; readonly bytes: number }
  | { readonly kind: 'too-large'; readonly bytes?: number }
  | { readonly kind: 'forbidden'; readonly reason: AddressFault }
  /** A loop, or a chain that is too long. */
  | { readonly kind: 'too-many-redirects' }
  | { readonly kind: 'gone'; readonly status: number }
  | { readonly kind: 'not-mp4' }
  | { readonly kind: 'try-again'; readonly detail: string; readonly retryAfterMs?: number };

type StatusVerdict = 'judge-body' | 'gone' | 'try-again';

/** Client errors that pass by themselves: request timeout, too early, too many requests. */
const passingStatuses: ReadonlySet<number> = new Set([408, 425, 429]);

/** Answers that may carry the whole file. 202 says it is not there yet; 206 is mostly a part. */
const wholeStatuses: ReadonlySet<number> = new Set([200, 203, 204]);

/** `wholeRangeBytes`: what `parseWholeRange` says of the answer's Content-Range. */
export const classifyStatus = (status: number, wholeRangeBytes?: number): StatusVerdict => {
  if (wholeStatuses.has(status)) return 'judge-body';
  if (status === 206 && wholeRangeBytes !== undefined) return 'judge-body';
  if (status >= 400 && status < 500 && !passingStatuses.has(status)) return 'gone';
  return 'try-again';
};

/** A Retry-After header as a delay in milliseconds from `nowMs`; nothing when it is absent or senseless. */
export const parseRetryAfter = (value: string | undefined, nowMs: number): number | undefined => {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const at = /^[A-Z]/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
};

/** A Content-Length header in bytes; nothing when it is absent or no plain number. */
export const parseContentLength = (value: string | undefined): number | undefined =>
  value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined;

/** The bytes of a file that a Content-Range covers from the first to the last; nothing for a part of it. */
export const parseWholeRange = (value: string | undefined): number | undefined => {
  const [, last, total] = /^bytes 0-(\d{1,15})\/(\d{1,15})$/i.exec(value?.trim() ?? '') ?? [];
  return Number(last) + 1 === Number(total) ? Number(total) : undefined;
};
