import type { MediaKind, Ratio, Resolution, VideoOption } from './options.ts';
import type { Lengths, UnsupportedReason } from './route.ts';

/** What may be wrong with a name. */
export type NameFault =
  | 'names-unknown'
  | 'names-not-taken'
  | 'names-without-room'
  | 'names-elsewhere'
  | 'names-preparing'
  | 'names-failed'
  | 'names-lost';

/** What makes a route accept fewer values: its frames, its references, or that there are no media. */
export type ValueLimit = 'frames' | 'references' | 'text';

/** What is wrong with a request for one route: data for a renderer, no text. */
export type IssueReason =
  | { readonly kind: 'prompt-empty' }
  | { readonly kind: 'prompt-too-long'; readonly given: number; readonly max: number }
  | ({ readonly kind: 'duration'; readonly given: number } & Lengths)
  /** What was typed in a form is no length at all. */
  | ({ readonly kind: 'duration-unreadable'; readonly given: string } & Lengths)
  | {
      readonly kind: 'resolution';
      readonly given: Resolution;
      readonly accepted: readonly Resolution[];
      readonly because?: ValueLimit;
    }
  | {
      readonly kind: 'ratio';
      readonly given: Ratio;
      readonly accepted: readonly Ratio[];
      readonly because?: ValueLimit;
    }
  | { readonly kind: 'media-not-taken'; readonly media: MediaKind; readonly why: UnsupportedReason }
  | { readonly kind: 'frames-not-taken'; readonly why: UnsupportedReason }
  | {
      readonly kind: 'media-count';
      readonly media: MediaKind;
      readonly given: number;
      readonly max: number;
    }
  | {
      readonly kind: 'media-type';
      readonly media: MediaKind;
      /** The MIME type; `undefined` when neither Discord nor the file name says it. */
      readonly given?: string;
      /** MIME types; `undefined` when any of the kind is accepted. */
      readonly accepted?: readonly string[];
      readonly refused?: readonly string[];
    }
  | { readonly kind: 'media-bytes'; readonly given: number; readonly max: number }
  | { readonly kind: 'media-total-bytes'; readonly given: number; readonly max: number }
  | {
      readonly kind: 'media-seconds';
      readonly given: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: 'media-total-seconds'; readonly given: number; readonly max: number }
  | {
      readonly kind: 'media-pixels';
      readonly width: number;
      readonly height: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: 'frames-with-references' }
  | { readonly kind: 'last-needs-first' }
  | { readonly kind: 'last-not-taken' }
  | { readonly kind: 'frames-both-needed' }
  | { readonly kind: 'audio-alone'; readonly needs: readonly ('image' | 'video' | 'frame')[] }
  | { readonly kind: 'audio-with-frames' }
  | { readonly kind: 'switch-not-taken'; readonly given: boolean }
  | { readonly kind: 'web-search-with-media' }
  | { readonly kind: NameFault; readonly names: readonly string[] };

/** Why one file is not taken, whatever else was given. */
export type FileReason = Extract<
  IssueReason,
  { kind: 'media-type' | 'media-bytes' | 'media-seconds' | 'media-pixels' }
>;

/** One issue of a request: the options concerned, and the reason. */
export interface RequestIssue {
  readonly options: readonly VideoOption[];
  readonly reason: IssueReason;
}
