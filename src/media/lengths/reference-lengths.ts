import { boundedSignal } from '../../app/bounded-signal.ts';
import type { MediaStore } from '../../app/ports/media-store-port.ts';
import type { ReadLength, ReferenceLengths } from '../../app/ports/reference-lengths-port.ts';
import type { SubmittedMedia } from '../../domain/routes/submission.ts';
import { createFault } from '../fetch-fault.ts';
import type { AttachmentSource } from '../kept/fetch-attachment.ts';
import { UNREADABLE, openFileParts } from './file-parts.ts';
import type { FileParts } from './file-parts.ts';
import { movieSeconds } from './movie-seconds.ts';

interface ReferenceLengthsDeps {
  readonly store: Pick<MediaStore, 'readPart'>;
  readonly source: Pick<AttachmentSource, 'getPart'>;
}

/** All requests for one file together, in milliseconds. */
const LIMIT_MS = 5000;

/** Creates the reader of lengths. The files are members' and may be hostile. */
export function createReferenceLengths({ store, source }: ReferenceLengthsDeps): ReferenceLengths {
  async function open(video: Pick<SubmittedMedia, 'url' | 'copy'>, signal: AbortSignal) {
    const { copy, url } = video;
    const kept = copy === undefined ? undefined : await keptParts(store, copy);
    if (kept !== undefined) return kept;
    if (url === '') throw UNREADABLE;
    return openFileParts(async (part) => source.getPart({ url }, part, signal));
  }

  return {
    async lengthOf(video, caller) {
      const bounded = boundedSignal([caller], {
        ms: LIMIT_MS,
        reason: () => createFault('TOTAL_TIMEOUT'),
      });
      try {
        const { size, readAt } = await open(video, bounded.signal);
        const seconds = await movieSeconds(readAt, size);
        return seconds === undefined ? { kind: 'unreadable' } : { kind: 'read', seconds };
      } catch (error) {
        caller.throwIfAborted();
        return failureOf(error);
      } finally {
        bounded.release();
      }
    },
  };
}

function failureOf(error: unknown): ReadLength {
  return { kind: error === UNREADABLE ? 'unreadable' : 'try-again' };
}

/** A copy of the bot's own; `undefined` if it is gone. */
async function keptParts(
  store: ReferenceLengthsDeps['store'],
  copy: NonNullable<SubmittedMedia['copy']>,
): Promise<FileParts | undefined> {
  const start = await store.readPart(copy, { offset: 0, length: 1 });
  if (start === undefined) return undefined;
  return {
    size: copy.bytes,
    async readAt(offset, length) {
      const part = await store.readPart(copy, { offset, length });
      if (part === undefined) throw UNREADABLE;
      return part;
    },
  };
}
