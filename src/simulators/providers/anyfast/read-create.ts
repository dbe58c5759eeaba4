import { z } from 'zod';

import { explainIssue } from '../explain-issue.ts';
import type { ReadClip, WantedMedia } from '../wanted-clip.ts';
import { firstBroken } from '../wanted-clip.ts';

const address = z.strictObject({ url: z.string().min(1) });

// The document's OpenAPI. It does not require a role, but says what each medium's roles are.
const itemSchema = z.discriminatedUnion('type', [
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
type Item = z.infer<typeof itemSchema>;

const createSchema = z.strictObject({
  model: z.literal('seedance-2.0-mini'),
  content: z.array(itemSchema).min(1),
  generate_audio: z.boolean().default(true),
  resolution: z.enum(['480p', '720p']).default('720p'),
  ratio: z.enum(['16:9', '4:3', '1:1', '3:4', '9:16', '21:9', 'adaptive']).default('adaptive'),
  duration: z.int().min(4).max(15).default(5),
  tools: z.array(z.strictObject({ type: z.literal('web_search') })).default([]),
  watermark: z.boolean().default(false),
});

interface Asked {
  readonly tools: number;
  readonly texts: number;
  readonly media: readonly WantedMedia[];
}

/** Reads a create's body against the document of `seedance-2.0-mini`. */
export function readAnyfastCreate(input: unknown): ReadClip {
  const parsed = createSchema.safeParse(input);
  if (!parsed.success) return { ok: false, reason: explainIssue(parsed.error) };
  const body = parsed.data;
  const media = body.content.flatMap(mediaOf);
  const texts = body.content.flatMap((item) => (item.type === 'text' ? [item.text] : []));
  const reason = firstBroken(RULES, { tools: body.tools.length, texts: texts.length, media });
  if (reason !== undefined) return { ok: false, reason };
  return {
    ok: true,
    clip: {
      model: body.model,
      prompt: texts.join('\n'),
      durationSeconds: body.duration,
      resolution: body.resolution,
      ratio: body.ratio,
      media,
      sound: body.generate_audio,
    },
  };
}

const USES = {
  first_frame: 'first-frame',
  last_frame: 'last-frame',
  reference_image: 'reference-image',
} as const;

function mediaOf(item: Item, index: number): WantedMedia[] {
  const field = `content[${index}].${item.type}`;
  if (item.type === 'text') return [];
  if (item.type === 'image_url') {
    return [{ use: USES[item.role], address: item.image_url.url, field }];
  }
  return item.type === 'video_url'
    ? [{ use: 'reference-video', address: item.video_url.url, field }]
    : [{ use: 'reference-audio', address: item.audio_url.url, field }];
}

const MOST: Readonly<Record<WantedMedia['use'], number>> = {
  'first-frame': 1,
  'last-frame': 1,
  'reference-image': 9,
  'reference-video': 3,
  'reference-audio': 3,
};

function count({ media }: Asked, ...uses: WantedMedia['use'][]): number {
  return media.filter(({ use }) => uses.includes(use)).length;
}

const RULES: readonly ((asked: Asked) => string | undefined)[] = [
  ({ texts }) => (texts > 1 ? 'content: at most one text' : undefined),
  ({ media }) => {
    const crowded = media.find(
      ({ use }) => media.filter((other) => other.use === use).length > MOST[use],
    );
    return crowded === undefined
      ? undefined
      : `content: at most ${MOST[crowded.use]} ${crowded.use}`;
  },
  (asked) =>
    count(asked, 'first-frame', 'last-frame') > 0 &&
    count(asked, 'reference-image', 'reference-video', 'reference-audio') > 0
      ? 'content: first/last frame cannot be mixed with reference media'
      : undefined,
  (asked) =>
    count(asked, 'last-frame') > 0 && count(asked, 'first-frame') === 0
      ? 'content: last_frame needs first_frame'
      : undefined,
  (asked) =>
    count(asked, 'reference-audio') > 0 && count(asked, 'reference-image', 'reference-video') === 0
      ? 'content: audio must be combined with at least one image or video'
      : undefined,
  ({ tools, media }) =>
    tools > 0 && media.length > 0 ? 'tools: web_search supports text-to-video only' : undefined,
  ({ media }) => media.map(brokenAddressRule).find((reason) => reason !== undefined),
];

function brokenAddressRule({ use, address: url, field }: WantedMedia): string | undefined {
  if (/^asset:\/\/[\w-]+$/.test(url)) return undefined;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return undefined;
  // Pictures alone may come inline.
  if (
    use !== 'reference-video' &&
    use !== 'reference-audio' &&
    /^data:image\/[a-z]+;base64,/.test(url)
  ) {
    return undefined;
  }
  return `${field}: the url is not valid`;
}
