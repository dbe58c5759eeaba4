import { z } from 'zod';

import { explainIssue } from '../explain-issue.ts';
import type { ParsedClip, RequestedClip, RequestedMedia } from '../requested-clip.ts';
import { firstViolation } from '../requested-clip.ts';
import { OPENROUTER_MODELS } from './models.ts';
import type { SimulatedModel } from './models.ts';

const createSchema = z.strictObject({
  model: z.string().min(1),
  prompt: z.string().min(1),
  duration: z.int().positive().optional(),
  resolution: z.enum(['480p', '720p', '768p', '1080p', '1K', '2K', '4K']).optional(),
  aspect_ratio: z
    .enum(['16:9', '9:16', '1:1', '4:3', '3:4', '3:2', '2:3', '21:9', '9:21'])
    .optional(),
  generate_audio: z.boolean().optional(),
  frame_images: z
    .array(
      z.strictObject({
        type: z.literal('image_url'),
        image_url: z.strictObject({ url: z.string().regex(/^(?:https?:|data:image\/)/) }),
        frame_type: z.enum(['first_frame', 'last_frame']),
      }),
    )
    .default([]),
});
type Body = z.output<typeof createSchema>;
interface Subject {
  readonly body: Body;
  readonly model: SimulatedModel;
}

/** Validates the body of a create by the schema, and by what the list says of its model. */
export function readOpenrouterCreate(input: unknown): ParsedClip {
  const { data: body, error } = createSchema.safeParse(input);
  if (body === undefined) return { ok: false, reason: explainIssue(error) };
  const model = OPENROUTER_MODELS.find(({ id }) => id === body.model);
  if (model === undefined) return { ok: false, reason: `model ${body.model} is not found` };
  const reason = firstViolation(RULES, { body, model });
  if (reason !== undefined) return { ok: false, reason };
  return {
    ok: true,
    clip: {
      model: body.model,
      prompt: body.prompt,
      durationSeconds: body.duration ?? model.supported_durations[0] ?? 5,
      resolution: RESOLUTIONS[body.resolution ?? '720p'] ?? '720p',
      ratio: RATIOS[body.aspect_ratio ?? '16:9'] ?? '16:9',
      media: body.frame_images.map(mediaOf),
      ...(body.generate_audio === undefined ? {} : { sound: body.generate_audio }),
    },
  };
}

/** What is drawn; others are drawn in the size that is nearest. */
const RESOLUTIONS: Readonly<Record<string, RequestedClip['resolution']>> = {
  '480p': '480p',
  '720p': '720p',
  '1080p': '1080p',
  '2K': '2k',
  '4K': '4k',
};
const RATIOS: Readonly<Record<string, RequestedClip['ratio']>> = {
  '16:9': '16:9',
  '9:16': '9:16',
  '1:1': '1:1',
  '4:3': '4:3',
  '3:4': '3:4',
  '21:9': '21:9',
};

function mediaOf({ frame_type: frame, image_url }: Body['frame_images'][number]): RequestedMedia {
  return {
    use: frame === 'first_frame' ? 'first-frame' : 'last-frame',
    field: `frame_images.${frame}`,
    address: image_url.url,
  };
}

const RULES: readonly ((subject: Subject) => string | undefined)[] = [
  ({ body, model }) =>
    body.duration === undefined || model.supported_durations.includes(body.duration)
      ? undefined
      : `duration must be one of ${model.supported_durations.join(', ')}`,
  ({ body, model }) =>
    body.resolution === undefined || model.supported_resolutions.includes(body.resolution)
      ? undefined
      : `resolution must be one of ${model.supported_resolutions.join(', ')}`,
  ({ body, model }) =>
    body.aspect_ratio === undefined || model.supported_aspect_ratios.includes(body.aspect_ratio)
      ? undefined
      : `aspect_ratio must be one of ${model.supported_aspect_ratios.join(', ')}`,
  ({ body, model }) =>
    body.generate_audio !== undefined && model.generate_audio !== true
      ? 'this model makes no audio'
      : undefined,
  ({ body, model }) =>
    body.frame_images
      .map(({ frame_type: frame }) => frame)
      .find((frame) => model.supported_frame_images?.includes(frame) !== true),
  ({ body }) =>
    new Set(body.frame_images.map(({ frame_type: frame }) => frame)).size < body.frame_images.length
      ? 'one image for each frame'
      : undefined,
];
