import { z } from 'zod';
import { taskIdSchema } from '../tasks/task-id.ts';
import { VIDEO_OPTIONS } from './options.ts';

/** The name under which the last frame of a task's clip is kept. */
export const LAST_CLIP_FRAME = 'last_clip_frame';

/** What of a task is kept: the media of its options, and the last frame of its clip. */
const keptNameSchema = z.enum([...VIDEO_OPTIONS, LAST_CLIP_FRAME]);
export type KeptName = z.output<typeof keptNameSchema>;

/** Names one copy of the bot's own. It may be gone: the oldest copies make room for new ones. */
export const keptReferenceSchema = z.object({
  taskId: taskIdSchema,
  option: keptNameSchema,
  /** The SHA-256 of its content, in hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type KeptReference = Readonly<z.output<typeof keptReferenceSchema>>;

/** What is known of a copy: its reference, and what its sender said of the file. */
export const keptMediaSchema = keptReferenceSchema.extend({
  filename: z.string(),
  bytes: z.int().nonnegative(),
  mimeType: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  seconds: z.number().optional(),
});
export type KeptMedia = Readonly<z.output<typeof keptMediaSchema>>;
