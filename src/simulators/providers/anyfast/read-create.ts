import { z } from 'zod';

import { contentItemSchema, countUses, mediaIn, textsIn, wrongAddressIn } from '../content.ts';
import { explainIssue } from '../explain-issue.ts';
import type { ParsedClip, RequestedMedia } from '../requested-clip.ts';
import { firstViolation } from '../requested-clip.ts';

const createSchema = z.strictObject({
  model: z.literal('seedance-2.0-mini'),
  content: z.array(contentItemSchema).min(1),
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
  const media = mediaIn(body.content);
  const texts = textsIn(body.content);
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

const MAX_COUNTS: Readonly<Record<RequestedMedia['use'], number>> = {
  'first-frame': 1,
  'last-frame': 1,
  'reference-image': 9,
  'reference-video': 3,
  'reference-audio': 3,
};

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
    countUses(subject, 'first-frame', 'last-frame') > 0 &&
    countUses(subject, 'reference-image', 'reference-video', 'reference-audio') > 0
      ? 'content: first/last frame cannot be mixed with reference media'
      : undefined,
  (subject) =>
    countUses(subject, 'last-frame') > 0 && countUses(subject, 'first-frame') === 0
      ? 'content: last_frame needs first_frame'
      : undefined,
  (subject) =>
    countUses(subject, 'reference-audio') > 0 &&
    countUses(subject, 'reference-image', 'reference-video') === 0
      ? 'content: audio must be combined with at least one image or video'
      : undefined,
  ({ tools, media }) =>
    tools > 0 && media.length > 0 ? 'tools: web_search supports text-to-video only' : undefined,
  ({ media }) => wrongAddressIn(media),
];
