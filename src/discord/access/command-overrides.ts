import { z } from 'zod';
import { snowflakeSchema } from '../../domain/tasks/snowflake.ts';

/** Whom or what an override names. */
export const OVERRIDE = { role: 1, member: 2, channel: 3 } as const;

/** What an admin set for a role, a member or a channel under Server Settings → Integrations. */
const overrideSchema = z.object({
  id: snowflakeSchema,
  /** A kind that Discord adds later names none of these, and decides nothing. */
  type: z.int(),
  permission: z.boolean(),
});
export type Override = Readonly<z.infer<typeof overrideSchema>>;

/** The overrides of one command, or, under the application's id, of all that have none. */
export const commandOverridesSchema = z.object({
  id: snowflakeSchema,
  application_id: snowflakeSchema.optional(),
  guild_id: snowflakeSchema,
  permissions: z.array(overrideSchema).max(1000),
});

/** Far more commands than a server can have. */
export const overridesListSchema = z.array(commandOverridesSchema).max(500);

/** The overrides of a server by the id of their command or of the application. */
export type GuildOverrides = ReadonlyMap<string, readonly Override[]>;

/**
 * The overrides that count for a command: its own or, without any, the application's. `commandId` is
 * `undefined` for a command that Discord does not have, which has none.
 */
export function overridesOf(
  overrides: GuildOverrides,
  commandId: string | undefined,
  applicationId: string,
): readonly Override[] {
  const own = commandId === undefined ? [] : (overrides.get(commandId) ?? []);
  return own.length > 0 ? own : (overrides.get(applicationId) ?? []);
}
