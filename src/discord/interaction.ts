import { z } from 'zod';
import { MessageFlags } from './discord-js.ts';
import { snowflakeSchema } from '../domain/tasks/snowflake.ts';

/**
 * The kinds of interaction that the bot handles. It answers any other kind with "not understood".
 */
export const INTERACTION = {
  ping: 1,
  command: 2,
  component: 3,
  autocomplete: 4,
  modal: 5,
} as const;

/** Used if Discord sends no limit: the smallest upload limit it ever had, in bytes. */
const SMALLEST_UPLOAD_LIMIT_BYTES = 10 * 1_048_576;

/** Flags that cannot be read are none. */
export const messageFlagsSchema = z.int().nonnegative().nullish().catch(undefined);

/** The fields needed to answer any interaction, even a malformed one. */
export const interactionHeadSchema = z.object({
  id: snowflakeSchema,
  application_id: snowflakeSchema,
  type: z.int(),
  token: z.string().min(1).max(2000),
  locale: z.string().max(20).optional(),
  /** The message that has the component of a click, or of a form's opener. */
  message: z.object({ flags: messageFlagsSchema }).optional().catch(undefined),
});

/** The id of what Discord has sent, whatever else it is; `undefined` without one that could be read. */
export function interactionIdOf(raw: unknown): string | undefined {
  // Read from each call several times, so no schema of its own is made for it.
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined;
  return interactionHeadSchema.shape.id.safeParse(id).data;
}

/** Whether such a message is made of Components V2. */
export function isOnLayout({ message }: Pick<z.infer<typeof interactionHeadSchema>, 'message'>) {
  return ((message?.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
}

/** Longer than any clip that Discord accepts, in seconds. */
const MAX_CLIP_SECONDS = 86_400;

/** An attachment as Discord describes it. */
export const attachmentSchema = z.object({
  id: z.string().max(30),
  filename: z.string().max(1024),
  url: z.url().max(4096),
  size: z.int().nonnegative(),
  content_type: z.string().max(200).nullish(),
  width: z.int().positive().nullish(),
  height: z.int().positive().nullish(),
  // An impossible length is treated as missing: the clip then counts as the longest allowed.
  duration_secs: z.number().positive().max(MAX_CLIP_SECONDS).nullish().catch(undefined),
});
export type ReceivedAttachment = z.infer<typeof attachmentSchema>;

/**
 * Far above Discord's limit of 6000 characters (here in UTF-16 units), so that a text that is too
 * long is refused with its option's message instead of "not understood".
 */
const TEXT_MAX = 100_000;

const valueOptionSchema = z.object({
  name: z.string().max(32),
  type: z.int(),
  value: z.union([z.string().max(TEXT_MAX), z.number(), z.boolean()]).optional(),
  /** While its value is being typed. */
  focused: z.boolean().optional(),
});
type ValueOption = z.infer<typeof valueOptionSchema>;

const MAX_OPTIONS = 25;
const SUBCOMMAND = 1;
const SUBCOMMAND_GROUP = 2;

/** An option, or a sub-command with its own options. */
const innerOptionSchema = valueOptionSchema.extend({
  options: z.array(valueOptionSchema).max(MAX_OPTIONS).optional(),
});
/** The same, or a group of sub-commands. */
const optionSchema = valueOptionSchema.extend({
  options: z.array(innerOptionSchema).max(MAX_OPTIONS).optional(),
});

const callerSchema = z.object({
  user: z.object({ id: snowflakeSchema }),
  roles: z.array(snowflakeSchema).max(1000),
  /** The member's permissions in this channel, computed by Discord. */
  permissions: z.string().regex(/^\d{1,30}$/),
});

/** Fields of every interaction in a server; unknown fields are ignored. */
export const locatedSchema = interactionHeadSchema.extend({
  guild_id: snowflakeSchema.optional(),
  channel: z
    .object({ id: snowflakeSchema, type: z.int().optional(), parent_id: z.string().nullish() })
    .optional(),
  channel_id: snowflakeSchema.optional(),
  member: callerSchema.optional(),
  authorizing_integration_owners: z.record(z.string(), z.string()).optional(),
  attachment_size_limit: z.int().positive().optional(),
});

/** Who called, where, and how to answer. */
export function placeOf(raw: z.infer<typeof locatedSchema>) {
  return {
    id: raw.id,
    applicationId: raw.application_id,
    token: raw.token,
    locale: raw.locale,
    guildId: raw.guild_id,
    channelId: raw.channel?.id ?? raw.channel_id,
    /** The parent channel of a thread; `undefined` if the channel is not a thread. */
    threadOf: threadOf(raw.channel),
    member: raw.member,
    isOnLayout: isOnLayout(raw),
    /** Whether the server has installed the bot, not only the calling user. */
    isGuildInstalled: raw.authorizing_integration_owners?.['0'] !== undefined,
    attachmentLimitBytes: raw.attachment_size_limit ?? SMALLEST_UPLOAD_LIMIT_BYTES,
  };
}

/** What `placeOf` reads. */
export type Place = ReturnType<typeof placeOf>;

/** Announcement, public and private threads. The parent of other channels is a category. */
const THREAD_TYPES: ReadonlySet<number | undefined> = new Set([10, 11, 12]);

function threadOf(channel: z.infer<typeof locatedSchema>['channel']): string | undefined {
  return THREAD_TYPES.has(channel?.type) ? (channel?.parent_id ?? undefined) : undefined;
}

/** Attachments by id, each checked on its own. */
export const resolvedAttachmentsSchema = z.record(z.string(), z.unknown()).optional();

const commandDataSchema = z.object({
  name: z.string().max(32),
  type: z.literal(1),
  options: z.array(optionSchema).max(MAX_OPTIONS).optional(),
  resolved: z
    .object({
      attachments: resolvedAttachmentsSchema,
      members: z.record(z.string(), z.object({ roles: z.array(snowflakeSchema) })).optional(),
    })
    .optional(),
});

/** A slash command as Discord sends it, called or being typed. */
const commandSchema = locatedSchema.extend({ data: commandDataSchema });

function commandOf(raw: z.infer<typeof commandSchema>) {
  const path = calledPath(raw.data.options ?? []);
  return {
    name: raw.data.name,
    /** E.g. `everyone` in `/quota everyone set`; `undefined` outside of groups. */
    group: path.group,
    /** E.g. `set` in `/quota set`; `undefined` if the command has no sub-commands. */
    subcommand: path.subcommand,
    options: valuesOf(path.options),
    /** The option whose value is being typed; `undefined` in a call. */
    focused: path.options.find(({ focused }) => focused === true)?.name,
    attachments: attachmentsOf(raw.data.resolved?.attachments),
    /** Roles of the members given in options, by member id. */
    rolesOf: new Map(
      Object.entries(raw.data.resolved?.members ?? {}).map(([id, { roles }]) => [id, roles]),
    ),
    // Last: fields after a spread of this many take twenty times as long.
    ...placeOf(raw),
  };
}
export type CommandInteraction = ReturnType<typeof commandOf>;

/** The called group and sub-command, with the options of the innermost. */
function calledPath(given: readonly z.infer<typeof optionSchema>[]) {
  const group = given.find(({ type }) => type === SUBCOMMAND_GROUP);
  const inner = group === undefined ? given : (group.options ?? []);
  const subcommand = inner.find(({ type }) => type === SUBCOMMAND);
  return {
    group: group?.name,
    subcommand: subcommand?.name,
    options: subcommand === undefined ? inner : (subcommand.options ?? []),
  };
}

/** What was read, or what does not fit the schema. */
export type Parsed<T> =
  | { readonly success: true; readonly data: T; readonly error?: never }
  | { readonly success: false; readonly data?: never; readonly error: z.ZodError };

/**
 * Reads a slash command, called or being typed. Checking and converting are two steps because zod
 * compiles the check of a plain schema, but not of one with a transformation, which takes four times
 * as long.
 */
export function parseCommand(raw: unknown): Parsed<CommandInteraction> {
  return converted(commandSchema.safeParse(raw), commandOf);
}

/** The second of the two steps. */
export function converted<Raw, T>(
  parsed: z.ZodSafeParseResult<Raw>,
  convert: (raw: Raw) => T,
): Parsed<T> {
  return parsed.success ? { success: true, data: convert(parsed.data) } : parsed;
}

function valuesOf(options: readonly ValueOption[]): ReadonlyMap<string, ValueOption['value']> {
  return new Map(options.map(({ name, value }) => [name, value]));
}

/** Attachments by id. Malformed ones are left out, and their option reports it. */
export function attachmentsOf(
  resolved: Record<string, unknown> = {},
): Map<string, ReceivedAttachment> {
  const known = new Map<string, ReceivedAttachment>();
  for (const [id, value] of Object.entries(resolved)) {
    const attachment = attachmentSchema.safeParse(value);
    if (attachment.success) known.set(id, attachment.data);
  }
  return known;
}
