import { z } from 'zod';
import { snowflakeSchema } from '../domain/tasks/snowflake.ts';
import { MessageFlags } from './discord-js.ts';
import { converted, locatedSchema, messageFlagsSchema, placeOf } from './interaction.ts';
import type { Parsed, ReceivedAttachment } from './interaction.ts';
import { messageFilesSchema, readMessageFiles } from './message-files.ts';

/** Discord's limit for the values of a select. */
const MAX_VALUES = 25;

/** The message that has the component. What only names its origin may be missing. */
export const openerSchema = z
  .object({
    id: snowflakeSchema,
    interaction_metadata: z
      .object({ user: z.object({ id: snowflakeSchema }) })
      .nullish()
      .catch(undefined),
    attachments: messageFilesSchema,
    flags: messageFlagsSchema,
  })
  .optional();

/** The message that a component is on. */
export interface Opener {
  readonly id: string;
  /** Whose command made the message; `undefined` where Discord does not name them. */
  readonly callerId: string | undefined;
  /** Its files, with addresses that are valid now. */
  readonly files: readonly ReceivedAttachment[];
  /** Whether only the clicker sees it. */
  readonly isPrivate: boolean;
}

/** Converts the message of an interaction. */
export function openerOf(message: z.infer<typeof openerSchema>): Opener | undefined {
  if (message === undefined) return undefined;
  const { id, interaction_metadata: metadata, attachments, flags } = message;
  return {
    id,
    callerId: metadata?.user.id,
    files: readMessageFiles(attachments),
    isPrivate: ((flags ?? 0) & MessageFlags.Ephemeral) !== 0,
  };
}

/** A click on a button, or a choice in a select, of one of the bot's messages. */
const componentSchema = locatedSchema.extend({
  data: z.object({
    custom_id: z.string().max(100),
    values: z.array(z.string().max(100)).max(MAX_VALUES).optional(),
  }),
  message: openerSchema,
});

function componentOf(raw: z.infer<typeof componentSchema>) {
  return {
    customId: raw.data.custom_id,
    /** What was chosen in a select; empty for a button. */
    values: raw.data.values ?? [],
    message: openerOf(raw.message),
    ...placeOf(raw),
  };
}
export type ComponentInteraction = ReturnType<typeof componentOf>;

/** Reads a click or a choice. */
export function parseComponent(raw: unknown): Parsed<ComponentInteraction> {
  return converted(componentSchema.safeParse(raw), componentOf);
}
