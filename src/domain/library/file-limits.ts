import type { MediaKind } from '../routes/options.ts';
import type { Attachment } from '../routes/request.ts';
import type { FileReason } from '../routes/request-issue.ts';
import type { MediaLimits } from '../routes/route.ts';
import { fileReasons } from '../routes/validate-media.ts';

/** What files of a kind a library takes by its documents. */
export interface FileLimits extends Pick<
  MediaLimits,
  'mimeTypes' | 'maxBytes' | 'minSeconds' | 'maxSeconds' | 'side'
> {
  /** What the width may be, divided by the height. */
  readonly aspect?: { readonly min: number; readonly max: number };
}

/** Why a library does not take a file. */
export type UnfitReason =
  | FileReason
  | {
      readonly kind: 'media-aspect';
      readonly width: number;
      readonly height: number;
      readonly min: number;
      readonly max: number;
    };

/** Checks a file against the limits of a library, as far as Discord tells about it. */
export function unfitReasons(
  limits: FileLimits,
  kind: MediaKind,
  file: Omit<Attachment, 'url'>,
): UnfitReason[] {
  return [...fileReasons(limits, kind, file), ...aspectReasons(limits, file)];
}

function aspectReasons(
  { aspect }: FileLimits,
  { width, height }: Pick<Attachment, 'width' | 'height'>,
): UnfitReason[] {
  if (aspect === undefined || width === undefined || height === undefined) return [];
  const isWithin = width >= height * aspect.min && width <= height * aspect.max;
  return isWithin ? [] : [{ kind: 'media-aspect', width, height, ...aspect }];
}
