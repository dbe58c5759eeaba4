import { VIDEO_OPTIONS } from './options.ts';
import type { VideoOption } from './options.ts';
import type { VideoRequest } from './request.ts';

/** The fields of a request that may be left out, by the option that gives them. */
const FIELDS = {
  duration: 'durationSeconds',
  resolution: 'resolution',
  ratio: 'ratio',
  sound: 'sound',
  web_search: 'webSearch',
  watermark: 'watermark',
} as const satisfies Partial<Record<VideoOption, keyof VideoRequest>>;

/** The options that a request gives beside its prompt, in the order in which Discord shows them. */
export function givenOptions(request: VideoRequest): VideoOption[] {
  return VIDEO_OPTIONS.filter((option) =>
    isField(option) ? request[FIELDS[option]] !== undefined : request.media[option] !== undefined,
  );
}

/** The request without these options. Its prompt always stays. */
export function withoutOptions(
  request: VideoRequest,
  options: readonly VideoOption[],
): VideoRequest {
  const kept = { ...request, media: { ...request.media } };
  for (const option of options) {
    if (isField(option)) delete kept[FIELDS[option]];
    else delete kept.media[option];
  }
  return kept;
}

function isField(option: VideoOption): option is keyof typeof FIELDS {
  return option in FIELDS;
}
