import type { ProviderId } from '../../domain/routes/provider-traits.ts';
import type { OddCodec } from '../../domain/tasks/outcome.ts';

/** The bytes of a video: in memory, one part after the other, or a file that is read when it is sent. */
export type VideoContent = readonly Uint8Array[] | Blob;

/** A complete video of a task. */
export interface SavedVideo {
  readonly kind: 'saved';
  readonly content: VideoContent;
  /** The codec, if Discord may not play it. */
  readonly codec?: OddCodec | undefined;
}

/** The result of a download. Details name only the host, never the signed address. */
export type FetchedVideo =
  | SavedVideo
  | { readonly kind: 'too-large'; readonly bytes?: number }
  | { readonly kind: 'forbidden'; readonly reason: string }
  /** A redirect loop, or too long a chain. */
  | { readonly kind: 'too-many-redirects' }
  | { readonly kind: 'gone'; readonly status: number }
  | { readonly kind: 'not-mp4' }
  | { readonly kind: 'try-again'; readonly detail: string; readonly retryAfterMs?: number };

/** Downloads the result of a task and keeps it until it is discarded; it is complete or missing. */
export interface VideoPort {
  fetch(request: {
    readonly taskId: string;
    readonly url: string;
    /** The provider with whose key it is fetched; without one if absent. */
    readonly withKeyOf?: ProviderId;
    /** The attachment limit; a larger file is not downloaded completely. */
    readonly maxBytes: number;
    readonly signal: AbortSignal;
  }): Promise<FetchedVideo>;
  /** Returns the complete video of a task, if there is one of at most `maxBytes`. */
  find(taskId: string, maxBytes: number): Promise<SavedVideo | undefined>;
  /**
   * Moves the complete video of a task out of the downloads, to a path on the same disk. Resolves with
   * whether there was one.
   */
  moveOut(taskId: string, toPath: string): Promise<boolean>;
  /** Removes the task's video if there is one. */
  discard(taskId: string): Promise<void>;
  /** Whether the address may be shown to people: public http(s) without credentials. */
  isShowable(url: string): boolean;
}
