import { z } from 'zod';
import { snowflakeSchema } from '../domain/tasks/snowflake.ts';
import { converted, locatedSchema, placeOf } from './interaction.ts';
import type { Parsed, ReceivedAttachment } from './interaction.ts';
import { messageFilesSchema, readMessageFiles } from './message-files.ts';

const targetSchema = z.object({
  id: snowflakeSchema,
  author: z.object({ id: snowflakeSchema }),
  attachments: messageFilesSchema,
  /** What a forwarded message contained. */
  message_snapshots: z
    .array(z.object({ message: z.object({ attachments: messageFilesSchema }) }))
    .nullish()
    .catch(undefined),
});

/** A command of the menu of a message. */
const messageCommandSchema = locatedSchema.extend({
  data: z.object({
    name: z.string().max(32),
    type: z.literal(3),
    target_id: snowflakeSchema,
    resolved: z.object({ messages: z.record(z.string(), targetSchema) }),
  }),
});

function messageCommandOf(raw: z.infer<typeof messageCommandSchema>) {
  const target = raw.data.resolved.messages[raw.data.target_id];
  return {
    name: raw.data.name,
    /** The message it was used on; `undefined` if Discord does not send it. */
    target:
      target === undefined
        ? undefined
        : { id: target.id, authorId: target.author.id, files: filesOf(target) },
    ...placeOf(raw),
  };
}
export type MessageCommandInteraction = ReturnType<typeof messageCommandOf>;

/** The readable files of a message, its own first, then those of what it forwards. */
function filesOf(target: z.infer<typeof targetSchema>): ReceivedAttachment[] {
  const snapshots = target.message_snapshots ?? [];
  return [
    ...readMessageFiles(target.attachments),
    ...snapshots.flatMap(({ message }) => readMessageFiles(message.attachments)),
  ];
}

/** Reads a command of the menu of a message. */
export function parseMessageCommand(raw: unknown): Parsed<MessageCommandInteraction> {
  return converted(messageCommandSchema.safeParse(raw), messageCommandOf);
}

const commandKindSchema = z.object({ data: z.object({ type: z.literal(3) }) });

/** Whether a command was used on a message, not typed. */
export function isMessageCommand(raw: unknown): boolean {
  return commandKindSchema.safeParse(raw).success;
}
