import { z } from 'zod';
import { snowflakeSchema } from '../domain/tasks/snowflake.ts';
import { converted, locatedSchema, placeOf } from './interaction.ts';
import type { Parsed } from './interaction.ts';
import { messageFilesSchema, readMessageFiles } from './message-files.ts';

/** The buttons and selects of a message, in rows. */
const rowsSchema = z
  .array(
    z.object({
      components: z.array(z.object({ custom_id: z.string().max(100).optional() })).optional(),
    }),
  )
  .nullish()
  .catch(undefined);

const contentSchema = z.object({ attachments: messageFilesSchema, components: rowsSchema });

const targetSchema = contentSchema.extend({
  id: snowflakeSchema,
  author: z.object({ id: snowflakeSchema }),
  /** Of a message that an application sent with a token. */
  application_id: snowflakeSchema.nullish().catch(undefined),
  message_reference: z
    .object({ message_id: snowflakeSchema.optional() })
    .nullish()
    .catch(undefined),
  /** What a forwarded message contained. */
  message_snapshots: z
    .array(z.object({ message: contentSchema }))
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
    target: target === undefined ? undefined : targetOf(target),
    ...placeOf(raw),
  };
}
export type MessageCommandInteraction = ReturnType<typeof messageCommandOf>;

function targetOf(target: z.infer<typeof targetSchema>) {
  const snapshots = (target.message_snapshots ?? []).map(({ message }) => message);
  const contents = [target, ...snapshots];
  const forwardedId = snapshots.length === 0 ? undefined : target.message_reference?.message_id;
  return {
    id: target.id,
    authorId: target.author.id,
    /** The application that sent it with a token, if one did. */
    sentBy: target.application_id ?? undefined,
    /** The message that it forwards, if it does. */
    forwardedId,
    /** The readable files of the message, its own first, then those of what it forwards. */
    files: contents.flatMap(({ attachments }) => readMessageFiles(attachments)),
    /** The custom ids of its buttons and selects, and of what it forwards. */
    customIds: contents.flatMap(customIdsOf),
  };
}

function customIdsOf({ components }: z.infer<typeof contentSchema>): string[] {
  return (components ?? []).flatMap(({ components: row = [] }) =>
    row.flatMap(({ custom_id: customId }) => (customId === undefined ? [] : [customId])),
  );
}

/** The message that a command was used on. */
export type TargetMessage = ReturnType<typeof targetOf>;

/** Reads a command of the menu of a message. */
export function parseMessageCommand(raw: unknown): Parsed<MessageCommandInteraction> {
  return converted(messageCommandSchema.safeParse(raw), messageCommandOf);
}

const commandKindSchema = z.object({ data: z.object({ type: z.literal(3) }) });

/** Whether a command was used on a message, not typed. */
export function isMessageCommand(raw: unknown): boolean {
  return commandKindSchema.safeParse(raw).success;
}
