import { givenOptions } from './given-options.ts';
import type { Ratio, Resolution, VideoOption } from './options.ts';
import type { VideoRequest } from './request.ts';

/** One difference between two requests: data for a renderer, no text. */
export type RequestChange =
  | { readonly kind: 'duration'; readonly from: number; readonly to: number }
  | { readonly kind: 'resolution'; readonly from: Resolution; readonly to: Resolution }
  | { readonly kind: 'ratio'; readonly from: Ratio; readonly to: Ratio }
  | { readonly kind: 'dropped'; readonly option: VideoOption };

/** What became of the options of `asked` in `changed`: new values first, then what was dropped. */
export function requestChanges(asked: VideoRequest, changed: VideoRequest): RequestChange[] {
  const left = new Set(givenOptions(changed));
  return [
    ...valueChange('duration', asked.durationSeconds, changed.durationSeconds),
    ...valueChange('resolution', asked.resolution, changed.resolution),
    ...valueChange('ratio', asked.ratio, changed.ratio),
    ...givenOptions(asked)
      .filter((option) => !left.has(option))
      .map((option) => ({ kind: 'dropped', option }) as const),
  ];
}

function valueChange<Kind extends string, Value>(
  kind: Kind,
  from: Value | undefined,
  to: Value | undefined,
): { readonly kind: Kind; readonly from: Value; readonly to: Value }[] {
  if (from === undefined || to === undefined || from === to) return [];
  return [{ kind, from, to }];
}
