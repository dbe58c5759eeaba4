import type { IncomingHttpHeaders } from 'node:http';

import type { ConnectionAnswer } from './answers.ts';

/** One request to a simulated provider, recorded before it is answered. */
export interface RecordedRequest {
  /** The name in the dialect of the provider. */
  readonly provider: string;
  readonly purpose:
    | 'create'
    | 'query'
    | 'list'
    | 'delete'
    | 'result'
    | 'upload'
    | 'library'
    | 'other';
  readonly method: string;
  /** Includes the query string. */
  readonly path: string;
  /** The key is replaced by `Bearer <right key>` or `<wrong key>`. */
  readonly headers: IncomingHttpHeaders;
  /**
   * Parsed if it is JSON, else the text, and of an upload its size in bytes; `undefined` when there is
   * no body or it was not read.
   */
  readonly body: unknown;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  /** The kind of answer that the knob chose. */
  answer?: string;
  /** The sent reply, if it was a complete answer of the API. */
  reply?: { readonly status: number; readonly body: string };
  /** The task that a create made, or that a query, a deletion or a file belongs to. */
  taskId?: string;
  /** The asset that an upload into a library made, whatever was answered. */
  assetId?: string;
  /** What the knob made of its connection, if not a normal one: the answer may not have arrived. */
  connection?: ConnectionAnswer['kind'];
}

/** Returns the headers with the key replaced. */
export function withoutKey(headers: IncomingHttpHeaders, key: string): IncomingHttpHeaders {
  if (headers.authorization === undefined) return headers;
  const right = isAuthorized(headers, key);
  return { ...headers, authorization: right ? 'Bearer <right key>' : '<wrong key>' };
}

/** Whether the headers contain the right key. */
export function isAuthorized(headers: IncomingHttpHeaders, key: string): boolean {
  return headers.authorization === `Bearer ${key}`;
}
