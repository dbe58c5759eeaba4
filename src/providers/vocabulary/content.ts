import type { Submission } from '../../domain/routes/submission.ts';

/** One part of what ByteDance's models are given: the prompt, or a medium. */
export type ContentItem =
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

/** The `content` of a create in ByteDance's format: the prompt, then the media in order. */
export function contentOf({ prompt, media }: Submission): ContentItem[] {
  return [{ type: 'text', text: prompt }, ...media.map(contentItem)];
}

function contentItem({ role, url }: Submission['media'][number]): ContentItem {
  if (role === 'reference_video') return { type: 'video_url', video_url: { url }, role };
  if (role === 'reference_audio') return { type: 'audio_url', audio_url: { url }, role };
  return { type: 'image_url', image_url: { url }, role };
}
