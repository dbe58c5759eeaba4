import type { OddCodec } from '../../domain/tasks/outcome.ts';

/** What became of fetching a result. Details name the host alone, never the signed address. */
export type FetchedVideo =
  | {
      readonly kind: 'saved';
      readonly path: string;
      readonly bytes: number;
      /** The codec, if Discord may not play it. */
      readonly codec?: OddCodec | undefined;
    }
  | { readonly kind: 'too-large'; readonly bytes?: number }
  | { readonly kind: 'forbidden'; readonly reason: string }
  /** A loop, or a chain that is too long. */
  | { readonly kind: 'too-many-redirects' }
  | { readonly kind: 'gone'; readonly status: number }
  | { readonly kind: 'not-mp4' }
  | { readonly kind: 'try-again'; readonly detail: string; readonly retryAfterMs?: number };

/** Fetches a result to a file of the task's own; the file is whole or not there. */
export interface VideoPort {
  fetch(request: {
    readonly taskId: string;
    readonly url: string;
    /** What the message may carry; a larger file is not fetched whole. */
    readonly maxBytes: number;
    readonly signal: AbortSignal;
  }): Promise<FetchedVideo>;
  /** Removes the task's file where there is one. */
  discard(taskId: string): Promise<void>;
  /** Whether people may be shown this address: public http(s) without credentials. */
  isShowable(url: string): boolean;
}
