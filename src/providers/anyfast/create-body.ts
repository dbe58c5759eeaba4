import type { RouteRules } from '../../domain/routes/route.ts';
import type { Submission } from '../../domain/routes/submission.ts';

type ContentItem =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'image_url';
      readonly image_url: { readonly url: string };
      readonly role: 'first_frame' | 'last_frame' | 'reference_image';
    }
  | {
      readonly type: 'video_url';
      readonly video_url: { readonly url: string };
      readonly role: 'reference_video';
    }
  | {
      readonly type: 'audio_url';
      readonly audio_url: { readonly url: string };
      readonly role: 'reference_audio';
    };

/** The body of `POST /v1/video/generations`. Options that the member did not choose are absent. */
export interface AnyfastCreateBody {
  readonly model: string;
  readonly content: readonly ContentItem[];
  readonly duration: number;
  readonly resolution?: string;
  readonly ratio?: string;
  readonly generate_audio?: boolean;
  readonly watermark?: boolean;
  readonly tools?: readonly { readonly type: 'web_search' }[];
}

/** Builds the body of a create for AnyFast. */
export function anyfastCreateBody(
  { model }: RouteRules,
  submission: Submission,
): AnyfastCreateBody {
  const { prompt, media, durationSeconds, resolution, ratio, sound, watermark } = submission;
  return {
    model,
    content: [{ type: 'text', text: prompt }, ...media.map(contentItem)],
    duration: durationSeconds,
    ...(resolution === undefined ? {} : { resolution }),
    ...(ratio === undefined ? {} : { ratio }),
    ...(sound === undefined ? {} : { generate_audio: sound }),
    ...(watermark === undefined ? {} : { watermark }),
    ...(submission.webSearch === true ? { tools: [{ type: 'web_search' }] } : {}),
  };
}

function contentItem({ role, url }: Submission['media'][number]): ContentItem {
  if (role === 'reference_video') return { type: 'video_url', video_url: { url }, role };
  if (role === 'reference_audio') return { type: 'audio_url', audio_url: { url }, role };
  return { type: 'image_url', image_url: { url }, role };
}
