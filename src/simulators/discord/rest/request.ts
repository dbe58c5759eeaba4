/** One uploaded file. */
export interface UploadedFile {
  /** The `n` of `files[n]`. */
  readonly index: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A request with its parsed body. */
export interface ApiRequest {
  readonly method: string;
  /** Path below `/api/v10`, decoded, without the query; for the CDN the whole path. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The Authorization header: `Bot TOKEN`. */
  readonly authorization: string | undefined;
  /** The JSON body or `payload_json`; `undefined` without one. */
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
  /** Bytes of the body as received. */
  readonly bodyBytes: number;
  /** Whether the body was larger than Discord would accept, and was discarded. */
  readonly overflow: boolean;
  readonly invalidJson: boolean;
  /** Virtual milliseconds of arrival. */
  readonly at: number;
}

/** An answer to send; without a body it has no content type. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An entry of the request log. */
export interface RequestLogEntry {
  readonly method: string;
  readonly path: string;
  readonly hasAuthorization: boolean;
  readonly json: unknown;
  readonly files: readonly { readonly filename: string; readonly size: number }[];
  /** Virtual milliseconds of arrival. */
  readonly at: number;
  /** 0 if the connection ended before an answer. */
  readonly status: number;
  /** Discord's error code in the answer. */
  readonly code: number | undefined;
  /** The name of the fault that was applied. */
  readonly fault: string | undefined;
}
