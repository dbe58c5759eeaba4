import { z } from 'zod';
import { keptReferenceSchema } from './kept-media.ts';
import { RATIOS, RESOLUTIONS, VIDEO_OPTIONS } from './options.ts';

/** The metadata of an attachment from Discord, or of the bot's copy of one. Its content was not inspected. */
const attachmentSchema = z.object({
  filename: z.string(),
  /** The full signed address with its query; never logged. Empty for a copy that never had one. */
  url: z.string(),
  bytes: z.number(),
  /** Discord's content type; `undefined` when it gives none. */
  mimeType: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  seconds: z.number().optional(),
  /** The bot's own copy, which is sent instead of the address where the provider takes copies. */
  kept: keptReferenceSchema.optional(),
});
export type Attachment = Readonly<z.output<typeof attachmentSchema>>;

/** A `/video` request before its validation for a route. */
export const videoRequestSchema = z.object({
  prompt: z.string(),
  durationSeconds: z.number().optional(),
  resolution: z.enum(RESOLUTIONS).optional(),
  ratio: z.enum(RATIOS).optional(),
  media: z.partialRecord(z.enum(VIDEO_OPTIONS), attachmentSchema),
  sound: z.boolean().optional(),
  webSearch: z.boolean().optional(),
  watermark: z.boolean().optional(),
});
export type VideoRequest = Readonly<z.output<typeof videoRequestSchema>>;
