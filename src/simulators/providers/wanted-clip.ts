import type { ClipRatio, ClipResolution } from './render/clip-request.ts';

/** One address that a request names, and what the provider calls the field it came in. */
export interface WantedMedia {
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
export interface WantedClip {
  readonly model: string;
  readonly prompt: string;
  readonly ratio: ClipRatio;
  readonly resolution: ClipResolution;
  readonly durationSeconds: number;
  readonly media: readonly WantedMedia[];
  /** AnyFast only. */
  readonly sound?: boolean;
}

/** What reading a create's body gives: the clip, or the reason in the provider's words. */
export type ReadClip =
  | { readonly ok: true; readonly clip: WantedClip }
  | { readonly ok: false; readonly reason: string };

/** The first broken rule's reason, if any. */
export function firstBroken<Subject>(
  rules: readonly ((subject: Subject) => string | undefined)[],
  subject: Subject,
): string | undefined {
  for (const rule of rules) {
    const reason = rule(subject);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
