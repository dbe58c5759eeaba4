import { z } from 'zod';
import { RATIOS, RESOLUTIONS, VIDEO_OPTIONS } from './options.ts';

/** What Discord tells of an attachment. Its content has not been looked at. */
const attachmentSchema = z.object({
  filename: z.string(),
  /** The whole signed address, with its query: a secret for the log. */
  url: z.string(),
  bytes: z.number(),
  /** As Discord tells it; absent where it tells none. */
  mimeType: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  seconds: z.number().optional(),
});
export type Attachment = Readonly<z.output<typeof attachmentSchema>>;

/** One `/video` as asked, before any route has judged it. */
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
