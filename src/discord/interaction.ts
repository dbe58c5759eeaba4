import { z } from 'zod';
import { snowflakeSchema } from '../domain/tasks/task.ts';

/** Interactions of the kinds that the bot answers; everything else is answered as not understood. */
export const INTERACTION = {
  ping: 1,
  command: 2,
  component: 3,
  autocomplete: 4,
  modal: 5,
} as const;

/** Where Discord tells no limit: the smallest it ever had for an upload, in bytes. */
const SMALLEST_UPLOAD_LIMIT_BYTES = 10 * 1_048_576;

/** The parts by which any interaction, however odd, can be answered at all. */
export const interactionHeadSchema = z.object({
  id: snowflakeSchema,
  application_id: snowflakeSchema,
  type: z.int(),
  token: z.string().min(1).max(2000),
  locale: z.string().max(20).optional(),
});

const attachmentSchema = z.object({
  id: z.string().max(30),
  filename: z.string().max(1024),
  url: z.url().max(4096),
  size: z.int().nonnegative(),
  content_type: z.string().max(200).nullish(),
  width: z.int().positive().nullish(),
  height: z.int().positive().nullish(),
  duration_secs: z.number().nonnegative().nullish(),
});
export type ReceivedAttachment = z.infer<typeof attachmentSchema>;

const optionSchema = z.object({
  name: z.string().max(32),
  type: z.int(),
  value: z.union([z.string().max(6000), z.number(), z.boolean()]).optional(),
});

const MEMBER_OPTIONS_MAX = 25;

/** A slash command as Discord sends it; unknown fields are of no concern. */
export const commandInteractionSchema = interactionHeadSchema
  .extend({
    guild_id: snowflakeSchema.optional(),
    channel: z.object({ id: snowflakeSchema }).optional(),
    channel_id: snowflakeSchema.optional(),
    member: z
      .object({
        user: z.object({ id: snowflakeSchema }),
        roles: z.array(snowflakeSchema).max(1000),
        permissions: z.string().regex(/^\d{1,30}$/),
      })
      .optional(),
    authorizing_integration_owners: z.record(z.string(), z.string()).optional(),
    attachment_size_limit: z.int().positive().optional(),
    data: z.object({
      name: z.string().max(32),
      type: z.literal(1),
      options: z.array(optionSchema).max(MEMBER_OPTIONS_MAX).optional(),
      resolved: z.object({ attachments: z.record(z.string(), z.unknown()).optional() }).optional(),
    }),
  })
  .transform((raw) => ({
    id: raw.id,
    applicationId: raw.application_id,
    token: raw.token,
    locale: raw.locale,
    guildId: raw.guild_id,
    channelId: raw.channel?.id ?? raw.channel_id,
    member: raw.member,
    /** Whether the server itself added the bot, not only the person who calls it. */
    isGuildInstalled: raw.authorizing_integration_owners?.['0'] !== undefined,
    attachmentLimitBytes: raw.attachment_size_limit ?? SMALLEST_UPLOAD_LIMIT_BYTES,
    name: raw.data.name,
    options: new Map((raw.data.options ?? []).map((option) => [option.name, option.value])),
    attachments: attachmentsOf(raw.data.resolved?.attachments),
  }));
export type CommandInteraction = z.infer<typeof commandInteractionSchema>;

/** Attachments by id; one that is malformed is not there, and its option says so. */
function attachmentsOf(resolved: Record<string, unknown> = {}): Map<string, ReceivedAttachment> {
  const known = new Map<string, ReceivedAttachment>();
  for (const [id, value] of Object.entries(resolved)) {
    const attachment = attachmentSchema.safeParse(value);
    if (attachment.success) known.set(id, attachment.data);
  }
  return known;
}
