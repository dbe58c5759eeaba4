import { z } from 'zod';
import { RATIOS, RESOLUTIONS, VIDEO_OPTIONS } from './options.ts';

/** The metadata of an attachment from Discord. Its content was not inspected. */
const attachmentSchema = z.object({
  filename: z.string(),
  /** The full signed address with its query; never logged. */
  url: z.string(),
  bytes: z.number(),
  /** Discord's content type; `undefined` when it gives none. */
  mimeType: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  seconds: z.number().optional(),
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
