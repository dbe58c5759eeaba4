/** One uploaded file. */
export interface UploadedFile {
  /** The `n` of `files[n]`. */
  readonly index: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A request after its body was read. */
export interface ApiRequest {
  readonly method: string;
  /** Path below `/api/v10`, decoded, without the query; for the CDN the whole path. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** `Bot TOKEN` as sent, or undefined. */
  readonly authorization: string | undefined;
  /** The JSON body or `payload_json`; undefined where there is none. */
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
  /** Bytes of the body as received. */
  readonly bodyBytes: number;
  /** The body was larger than anything Discord would accept, and was thrown away. */
  readonly overflow: boolean;
  readonly invalidJson: boolean;
  /** Virtual milliseconds. */
  readonly at: number;
}

/** An answer before it is sent; without a body there is no content type. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RequestLogEntry {
  readonly method: string;
  readonly path: string;
  readonly hasAuthorization: boolean;
  readonly json: unknown;
  readonly files: readonly { readonly filename: string; readonly size: number }[];
  /** Virtual milliseconds of arrival. */
  readonly at: number;
  /** 0 when the connection was cut or the client left before an answer. */
  readonly status: number;
  /** Discord's own error code in the answer, if any. */
  readonly code: number | undefined;
  /** Name of what interfered, if anything did. */
  readonly fault: string | undefined;
}
