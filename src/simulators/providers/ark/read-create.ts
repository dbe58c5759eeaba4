import { z } from 'zod';

import { contentItemSchema, countUses, mediaIn, textsIn, wrongAddressIn } from '../content.ts';
import { explainIssue } from '../explain-issue.ts';
import type { ParsedClip, RequestedMedia } from '../requested-clip.ts';
import { firstViolation } from '../requested-clip.ts';
import { modelColumn } from './models.ts';
import type { ModelColumn } from './models.ts';
import { modelNotFound } from './replies.ts';

/** What every model takes. */
const common = {
  model: z.string().min(1),
  content: z.array(contentItemSchema).min(1),
  callback_url: z.url().optional(),
  return_last_frame: z.boolean().default(false),
  execution_expires_after: z.int().min(3600).max(259_200).default(172_800),
  safety_identifier: z.string().max(64).optional(),
  watermark: z.boolean().default(false),
};

/** The fields of a clip that models have or have not. */
const clipFields = z.object({
  resolution: z.enum(['480p', '720p', '1080p', '4k']),
  ratio: z.enum(['16:9', '4:3', '1:1', '3:4', '9:16', '21:9', 'adaptive']).optional(),
  duration: z.int(),
  generate_audio: z.boolean().optional(),
  tools: z.array(z.unknown()).default([]),
});
type ClipFields = z.infer<typeof clipFields>;

interface CreateSubject extends ClipFields {
  readonly column: ModelColumn;
  readonly texts: readonly string[];
  readonly media: readonly RequestedMedia[];
}

/** The length that the model chooses where the create leaves it to it. */
const CHOSEN_SECONDS = 5;

/** Validates the body of a create by the column of its model. Fields of other models are unknown. */
export function readArkCreate(input: unknown): ParsedClip {
  const { success, data: named, error } = namedSchema.safeParse(input);
  if (!success) return { ok: false, reason: explainIssue(error) };
  const column = modelColumn(named.model);
  return column === undefined ? unknownModel(named.model) : readByColumn(input, column);
}

const namedSchema = z.looseObject({ model: z.string().min(1) });

function unknownModel(model: string): ParsedClip {
  const reason = `The model or endpoint ${model} does not exist or you do not have access to it.`;
  return { ok: false, reason, reply: modelNotFound(reason) };
}

function readByColumn(input: unknown, column: ModelColumn): ParsedClip {
  const { success, data, error } = z.strictObject({ ...common, ...column.fields }).safeParse(input);
  if (!success) return { ok: false, reason: explainIssue(error) };
  const fields = clipFields.parse(data);
  const media = mediaIn(data.content);
  const texts = textsIn(data.content);
  const reason = firstViolation(RULES, { ...fields, column, texts, media });
  if (reason !== undefined) return { ok: false, reason };
  return {
    ok: true,
    clip: {
      ...shapeOf(fields, media),
      model: data.model,
      prompt: texts.join('\n'),
      media,
      watermark: data.watermark,
      webSearch: fields.tools.length > 0,
      expiresAfterMs: data.execution_expires_after * 1000,
      ...(data.safety_identifier !== undefined && { tag: data.safety_identifier }),
      ...(data.return_last_frame && { lastFrame: true }),
    },
  };
}

function shapeOf(
  { duration, resolution, ratio, generate_audio: sound }: ClipFields,
  media: readonly RequestedMedia[],
) {
  return {
    durationSeconds: duration === -1 ? CHOSEN_SECONDS : duration,
    resolution,
    ratio: ratio ?? (media.length === 0 ? '16:9' : 'adaptive'),
    ...(sound !== undefined && { sound }),
  };
}

const REFERENCES = ['reference-image', 'reference-video', 'reference-audio'] as const;

const RULES: readonly ((subject: CreateSubject) => string | undefined)[] = [
  ({ texts }) => (texts.length > 1 ? 'content: at most one text' : undefined),
  ({ media, column: { most } }) => {
    const exceeded = media.find(
      ({ use }) => media.filter((other) => other.use === use).length > (most[use] ?? 0),
    );
    return exceeded === undefined
      ? undefined
      : `content: at most ${most[exceeded.use] ?? 0} ${exceeded.use}`;
  },
  (subject) =>
    countUses(subject, 'first-frame', 'last-frame') > 0 && countUses(subject, ...REFERENCES) > 0
      ? 'content: first/last frame content cannot be mixed with reference media content'
      : undefined,
  (subject) =>
    countUses(subject, 'last-frame') > 0 && countUses(subject, 'first-frame') === 0
      ? 'content: last_frame needs first_frame'
      : undefined,
  (subject) =>
    subject.column.takesAudioAlone !== true &&
    countUses(subject, 'reference-audio') > 0 &&
    countUses(subject, 'reference-image', 'reference-video') === 0
      ? 'content: reference_audio needs at least one image or video'
      : undefined,
  (subject) =>
    subject.column.framesAreAdaptive === true &&
    countUses(subject, 'first-frame') > 0 &&
    subject.ratio !== 'adaptive'
      ? 'ratio: must be adaptive with a first frame'
      : undefined,
  ({ column, media, ratio }) =>
    column.textNeedsRatio === true && media.length === 0 && ratio === 'adaptive'
      ? 'ratio: adaptive is not supported for text-to-video'
      : undefined,
  (subject) =>
    subject.resolution === subject.column.notWithReferences && countUses(subject, ...REFERENCES) > 0
      ? `resolution: ${subject.resolution} is not supported with reference images`
      : undefined,
  ({ tools, media }) =>
    tools.length > 0 && media.length > 0
      ? 'tools: web_search supports text-to-video only'
      : undefined,
  ({ media }) => wrongAddressIn(media),
];
