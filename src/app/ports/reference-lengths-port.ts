import type { SubmittedMedia } from '../../domain/routes/submission.ts';

/** The length of a video by its file. `try-again`: the file could not be had, for now. */
export type ReadLength =
  | { readonly kind: 'read'; readonly seconds: number }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'try-again' };

/** Reads the lengths of reference videos from their files, by a few parts of each. */
export interface ReferenceLengths {
  /** Of the bot's copy where there is one, else from its address. Throws only if the signal aborts. */
  lengthOf(video: Pick<SubmittedMedia, 'url' | 'copy'>, signal: AbortSignal): Promise<ReadLength>;
}
