import type { JsonReply } from './json-reply.ts';
import type { ClipRatio, ClipResolution } from './render/clip-request.ts';

/** One media URL of a request, with the provider's name for its field. */
export interface RequestedMedia {
  readonly use:
    | 'first-frame'
    | 'last-frame'
    | 'reference-image'
    | 'reference-video'
    | 'reference-audio';
  readonly address: string;
  readonly field: string;
}

/** A create that passed the provider's validation. */
export interface RequestedClip {
  readonly model: string;
  readonly prompt: string;
  readonly ratio: ClipRatio;
  readonly resolution: ClipResolution;
  readonly durationSeconds: number;
  readonly media: readonly RequestedMedia[];
  /** The switches of the request; `undefined` where the provider has no such field. */
  readonly sound?: boolean;
  readonly watermark?: boolean;
  readonly webSearch?: boolean;
  /** How long after its create a task that has not ended expires; `undefined` when it never does. */
  readonly expiresAfterMs?: number;
  /** The client's own words for whom it is made, which the provider repeats. */
  readonly tag?: string;
  /** Whether the last frame is wanted as a picture. */
  readonly lastFrame?: boolean;
}

/**
 * The clip of a valid create, or the reason why it is invalid, as the provider says it. `reply`: where
 * that is not the provider's usual refusal.
 */
export type ParsedClip =
  | { readonly ok: true; readonly clip: RequestedClip }
  | { readonly ok: false; readonly reason: string; readonly reply?: JsonReply };

/** Returns the reason of the first violated rule, if any. */
export function firstViolation<Subject>(
  rules: readonly ((subject: Subject) => string | undefined)[],
  subject: Subject,
): string | undefined {
  for (const rule of rules) {
    const reason = rule(subject);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
