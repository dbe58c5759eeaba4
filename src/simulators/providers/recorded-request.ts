import type { IncomingHttpHeaders } from 'node:http';

export type ProviderName = 'jimmy' | 'anyfast';

/** One request as the simulated provider saw it, written down before it is answered. */
export interface RecordedRequest {
  readonly provider: ProviderName;
  readonly purpose: 'create' | 'query' | 'result' | 'other';
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** The key is replaced: `Bearer <right key>` or `<wrong key>`. */
  readonly headers: IncomingHttpHeaders;
  /** Parsed where it is JSON, else the text; undefined without a body or before reading. */
  readonly body: unknown;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  /** The kind of answer that the knob chose. */
  answer?: string;
  /** What was sent, where it was a whole answer of the API. */
  reply?: { readonly status: number; readonly body: string };
  /** The task that a create made or that a query or file is about. */
  taskId?: string;
}

/** The headers without the secret. */
export function withoutKey(headers: IncomingHttpHeaders, key: string): IncomingHttpHeaders {
  if (headers.authorization === undefined) return headers;
  const right = isAuthorized(headers, key);
  return { ...headers, authorization: right ? 'Bearer <right key>' : '<wrong key>' };
}

export function isAuthorized(headers: IncomingHttpHeaders, key: string): boolean {
  return headers.authorization === `Bearer ${key}`;
}
