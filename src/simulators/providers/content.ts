import { z } from 'zod';

import type { RequestedMedia } from './requested-clip.ts';

const address = z.strictObject({ url: z.string().min(1) });

/**
 * One part of `content` in ByteDance's format, from AnyFast's OpenAPI document and Ark's pages. They do
 * not require roles, but list those of each medium.
 */
export const contentItemSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1) }),
  z.strictObject({
    type: z.literal('image_url'),
    image_url: address,
    role: z.enum(['first_frame', 'last_frame', 'reference_image']),
  }),
  z.strictObject({
    type: z.literal('video_url'),
    video_url: address,
    role: z.literal('reference_video'),
  }),
  z.strictObject({
    type: z.literal('audio_url'),
    audio_url: address,
    role: z.literal('reference_audio'),
  }),
]);
type ContentItem = z.infer<typeof contentItemSchema>;

/** The texts of a content, in their order. */
export function textsIn(content: readonly ContentItem[]): string[] {
  return content.flatMap((item) => (item.type === 'text' ? [item.text] : []));
}

/** The media of a content, in their order. */
export function mediaIn(content: readonly ContentItem[]): RequestedMedia[] {
  return content.flatMap(mediaOf);
}

const USES = {
  first_frame: 'first-frame',
  last_frame: 'last-frame',
  reference_image: 'reference-image',
} as const;

function mediaOf(item: ContentItem, index: number): RequestedMedia[] {
  const field = `content[${index}].${item.type}`;
  if (item.type === 'text') return [];
  if (item.type === 'image_url') {
    return [{ use: USES[item.role], address: item.image_url.url, field }];
  }
  return item.type === 'video_url'
    ? [{ use: 'reference-video', address: item.video_url.url, field }]
    : [{ use: 'reference-audio', address: item.audio_url.url, field }];
}

/** How many of the media are for these uses. */
export function countUses(
  { media }: { readonly media: readonly RequestedMedia[] },
  ...uses: readonly RequestedMedia['use'][]
): number {
  return media.filter(({ use }) => uses.includes(use)).length;
}

/** Says which of the media has an address that is not taken; `undefined` if all are. */
export function wrongAddressIn(media: readonly RequestedMedia[]): string | undefined {
  const wrong = media.find((one) => !isTaken(one));
  return wrong && `${wrong.field}: the url is not valid`;
}

function isTaken({ use, address: url }: RequestedMedia): boolean {
  if (/^asset:\/\/[\w-]+$/.test(url)) return true;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return true;
  // Pictures and sounds may be inline, videos may not.
  const inline = /^data:(image|audio)\/[a-z0-9.+-]+;base64,/.exec(url)?.[1];
  const wanted = use === 'reference-audio' ? 'audio' : 'image';
  return use !== 'reference-video' && inline === wanted;
}
