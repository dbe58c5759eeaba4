import { z } from 'zod';

import { explainIssue } from '../explain-issue.ts';
import type { ParsedClip, RequestedMedia } from '../requested-clip.ts';
import { firstViolation } from '../requested-clip.ts';

const address = z.strictObject({ url: z.string().min(1) });

// From the OpenAPI document. It does not require roles, but lists those of each medium.
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

interface CreateSubject {
  readonly tools: number;
  readonly texts: number;
  readonly media: readonly RequestedMedia[];
}

/** Validates the body of a create by the document of `seedance-2.0-mini`. */
export function readAnyfastCreate(input: unknown): ParsedClip {
  const parsed = createSchema.safeParse(input);
  if (!parsed.success) return { ok: false, reason: explainIssue(parsed.error) };
  const body = parsed.data;
  const media = body.content.flatMap(mediaOf);
  const texts = body.content.flatMap((item) => (item.type === 'text' ? [item.text] : []));
  const reason = firstViolation(RULES, { tools: body.tools.length, texts: texts.length, media });
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
      watermark: body.watermark,
      webSearch: body.tools.length > 0,
    },
  };
}

const USES = {
  first_frame: 'first-frame',
  last_frame: 'last-frame',
  reference_image: 'reference-image',
} as const;

function mediaOf(item: Item, index: number): RequestedMedia[] {
  const field = `content[${index}].${item.type}`;
  if (item.type === 'text') return [];
  if (item.type === 'image_url') {
    return [{ use: USES[item.role], address: item.image_url.url, field }];
  }
  return item.type === 'video_url'
    ? [{ use: 'reference-video', address: item.video_url.url, field }]
    : [{ use: 'reference-audio', address: item.audio_url.url, field }];
}

const MAX_COUNTS: Readonly<Record<RequestedMedia['use'], number>> = {
  'first-frame': 1,
  'last-frame': 1,
  'reference-image': 9,
  'reference-video': 3,
  'reference-audio': 3,
};

function count({ media }: CreateSubject, ...uses: RequestedMedia['use'][]): number {
  return media.filter(({ use }) => uses.includes(use)).length;
}

const RULES: readonly ((subject: CreateSubject) => string | undefined)[] = [
  ({ texts }) => (texts > 1 ? 'content: at most one text' : undefined),
  ({ media }) => {
    const exceeded = media.find(
      ({ use }) => media.filter((other) => other.use === use).length > MAX_COUNTS[use],
    );
    return exceeded === undefined
      ? undefined
      : `content: at most ${MAX_COUNTS[exceeded.use]} ${exceeded.use}`;
  },
  (subject) =>
    count(subject, 'first-frame', 'last-frame') > 0 &&
    count(subject, 'reference-image', 'reference-video', 'reference-audio') > 0
      ? 'content: first/last frame cannot be mixed with reference media'
      : undefined,
  (subject) =>
    count(subject, 'last-frame') > 0 && count(subject, 'first-frame') === 0
      ? 'content: last_frame needs first_frame'
      : undefined,
  (subject) =>
    count(subject, 'reference-audio') > 0 &&
    count(subject, 'reference-image', 'reference-video') === 0
      ? 'content: audio must be combined with at least one image or video'
      : undefined,
  ({ tools, media }) =>
    tools > 0 && media.length > 0 ? 'tools: web_search supports text-to-video only' : undefined,
  ({ media }) => media.map(addressViolation).find((reason) => reason !== undefined),
];

function addressViolation({ use, address: url, field }: RequestedMedia): string | undefined {
  if (/^asset:\/\/[\w-]+$/.test(url)) return undefined;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return undefined;
  // Pictures and sounds may be inline, videos may not.
  const inline = /^data:(image|audio)\/[a-z0-9.+-]+;base64,/.exec(url)?.[1];
  const wanted = use === 'reference-audio' ? 'audio' : 'image';
  if (use !== 'reference-video' && inline === wanted) return undefined;
  return `${field}: the url is not valid`;
}
