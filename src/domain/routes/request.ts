import { z } from 'zod';
import { keptReferenceSchema } from './kept-media.ts';
import { RATIOS, RESOLUTIONS, VIDEO_OPTIONS } from './options.ts';

/** Whether named media can be used in a library now. */
const placeSchema = z.enum(['usable', 'preparing', 'failed', 'lost']);

/** The metadata of an attachment from Discord, or of the bot's copy of one. Its content was not inspected. */
export const attachmentSchema = z.object({
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
  /** A medium of the server that the prompt names; the keys of its assets, by library. */
  named: z.object({ name: z.string(), keys: z.record(z.string(), z.string()) }).optional(),
});
export type Attachment = Readonly<z.output<typeof attachmentSchema>>;

/** A name in a prompt, and where what it stands for can be used. */
const namedReferenceSchema = z.object({
  name: z.string(),
  /** `no-room`: there are as many references of its kind as can be given. */
  fault: z.enum(['unknown', 'no-room']).optional(),
  /** By library; none where it is not there. */
  places: z.record(z.string(), placeSchema),
});
export type NamedReference = Readonly<z.output<typeof namedReferenceSchema>>;

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
  /** The names in the prompt; `undefined` where the server has none, so that braces are words. */
  names: z.array(namedReferenceSchema).optional(),
});
export type VideoRequest = Readonly<z.output<typeof videoRequestSchema>>;
