import { z } from 'zod';
import { snowflakeSchema } from './snowflake.ts';
import { taskIdSchema } from './task-id.ts';

/** How a video was made from something that was there before. */
const SECOND_ACTIONS = [
  'again',
  'edit',
  'continue',
  'higher',
  'other',
  'pictures',
  'animate',
] as const;
const secondActionSchema = z.enum(SECOND_ACTIONS);
export type SecondAction = z.output<typeof secondActionSchema>;

/** What a task was made from, if not by `/video`: a message of the same server. */
export const originSchema = z.object({
  action: secondActionSchema,
  channelId: snowflakeSchema,
  messageId: snowflakeSchema,
  /** The task of that message; `undefined` if it is somebody's own message. */
  taskId: taskIdSchema.optional(),
});
export type Origin = Readonly<z.output<typeof originSchema>>;
