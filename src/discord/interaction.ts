import { z } from 'zod';
import { snowflakeSchema } from '../domain/tasks/age.ts';

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

/** Longer than any clip that Discord takes, in seconds. */
const MAX_CLIP_SECONDS = 86_400;

const attachmentSchema = z.object({
  id: z.string().max(30),
  filename: z.string().max(1024),
  url: z.url().max(4096),
  size: z.int().nonnegative(),
  content_type: z.string().max(200).nullish(),
  width: z.int().positive().nullish(),
  height: z.int().positive().nullish(),
  // A length that cannot be is as good as none: the clip then counts with the most it may have.
  duration_secs: z.number().positive().max(MAX_CLIP_SECONDS).nullish().catch(undefined),
});
export type ReceivedAttachment = z.infer<typeof attachmentSchema>;

/**
 * Far above Discord's own 6000 characters (here in UTF-16 units): a text that is too long is refused
 * by its option, which says more than that the whole call was not understood.
 */
const TEXT_MAX = 100_000;

const valueOptionSchema = z.object({
  name: z.string().max(32),
  type: z.int(),
  value: z.union([z.string().max(TEXT_MAX), z.number(), z.boolean()]).optional(),
});
type ValueOption = z.infer<typeof valueOptionSchema>;

const MAX_OPTIONS = 25;
const SUBCOMMAND = 1;

/** An option, or a sub-command with options of its own. */
const optionSchema = valueOptionSchema.extend({
  options: z.array(valueOptionSchema).max(MAX_OPTIONS).optional(),
});

const callerSchema = z.object({
  user: z.object({ id: snowflakeSchema }),
  roles: z.array(snowflakeSchema).max(1000),
  /** The member's permissions in this channel, as Discord has computed them. */
  permissions: z.string().regex(/^\d{1,30}$/),
});

/** What every interaction of a server has; unknown fields are of no concern. */
const placedSchema = interactionHeadSchema.extend({
  guild_id: snowflakeSchema.optional(),
  channel: z
    .object({ id: snowflakeSchema, type: z.int().optional(), parent_id: z.string().nullish() })
    .optional(),
  channel_id: snowflakeSchema.optional(),
  member: callerSchema.optional(),
  authorizing_integration_owners: z.record(z.string(), z.string()).optional(),
  attachment_size_limit: z.int().positive().optional(),
});

function placeOf(raw: z.infer<typeof placedSchema>) {
  return {
    id: raw.id,
    applicationId: raw.application_id,
    token: raw.token,
    locale: raw.locale,
    guildId: raw.guild_id,
    channelId: raw.channel?.id ?? raw.channel_id,
    /** The channel that a thread belongs to; undefined where the channel is no thread. */
    threadOf: threadOf(raw.channel),
    member: raw.member,
    /** Whether the server itself added the bot, not only the person who calls it. */
    isGuildInstalled: raw.authorizing_integration_owners?.['0'] !== undefined,
    attachmentLimitBytes: raw.attachment_size_limit ?? SMALLEST_UPLOAD_LIMIT_BYTES,
  };
}

/** Announcement, public and private threads. Of other channels the parent is a category. */
const THREAD_TYPES: ReadonlySet<number | undefined> = new Set([10, 11, 12]);

function threadOf(channel: z.infer<typeof placedSchema>['channel']): string | undefined {
  return THREAD_TYPES.has(channel?.type) ? (channel?.parent_id ?? undefined) : undefined;
}

/** A slash command as Discord sends it. */
export const commandInteractionSchema = placedSchema
  .extend({
    data: z.object({
      name: z.string().max(32),
      type: z.literal(1),
      options: z.array(optionSchema).max(MAX_OPTIONS).optional(),
      resolved: z
        .object({
          attachments: z.record(z.string(), z.unknown()).optional(),
          members: z.record(z.string(), z.object({ roles: z.array(snowflakeSchema) })).optional(),
        })
        .optional(),
    }),
  })
  .transform((raw) => {
    const given = raw.data.options ?? [];
    const subcommand = given.find(({ type }) => type === SUBCOMMAND);
    return {
      ...placeOf(raw),
      name: raw.data.name,
      /** `set` of `/quota set`; undefined for a command without any. */
      subcommand: subcommand?.name,
      options: valuesOf(subcommand === undefined ? given : (subcommand.options ?? [])),
      attachments: attachmentsOf(raw.data.resolved?.attachments),
      /** Roles of the members that options name, by member. */
      rolesOf: new Map(
        Object.entries(raw.data.resolved?.members ?? {}).map(([id, { roles }]) => [id, roles]),
      ),
    };
  });
export type CommandInteraction = z.infer<typeof commandInteractionSchema>;

/** A click on a button of one of our messages. */
export const componentInteractionSchema = placedSchema
  .extend({ data: z.object({ custom_id: z.string().max(100) }) })
  .transform((raw) => ({ ...placeOf(raw), customId: raw.data.custom_id }));
export type ComponentInteraction = z.infer<typeof componentInteractionSchema>;

function valuesOf(options: readonly ValueOption[]): ReadonlyMap<string, ValueOption['value']> {
  return new Map(options.map(({ name, value }) => [name, value]));
}

/** Attachments by id; one that is malformed is not there, and its option says so. */
function attachmentsOf(resolved: Record<string, unknown> = {}): Map<string, ReceivedAttachment> {
  const known = new Map<string, ReceivedAttachment>();
  for (const [id, value] of Object.entries(resolved)) {
    const attachment = attachmentSchema.safeParse(value);
    if (attachment.success) known.set(id, attachment.data);
  }
  return known;
}
