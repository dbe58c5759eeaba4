import { isDeepStrictEqual } from 'node:util';
import type { REST } from 'discord.js';
import { z } from 'zod';
import { Routes } from './discord-js.ts';
import type { Log } from '../app/ports/core.ts';
import type { CommandDefinition } from './command.ts';

export interface RegistrationDeps {
  /** REST with the bot token. A PUT is idempotent and may be repeated. */
  readonly rest: REST;
  readonly applicationId: string;
  readonly log: Log;
}

const commandListSchema = z.array(z.record(z.string(), z.unknown()));
type Listed = z.infer<typeof commandListSchema>[number];

/**
 * Registers the commands in the given servers, or globally if none is given, and removes
 * registrations of the other kind. Writes only differences, because Discord limits creations. If a
 * server refuses, it logs a warning.
 */
export async function registerCommands(
  deps: RegistrationDeps,
  definitions: readonly CommandDefinition[],
  guildIds: ReadonlySet<string>,
  memberOf: readonly string[],
): Promise<void> {
  const { applicationId, log } = deps;
  const isGlobal = guildIds.size === 0;
  const globally = Routes.applicationCommands(applicationId);
  if (isGlobal) await replaceWhereDifferent(deps, globally, definitions);
  else {
    const message = 'Discord refuses to remove the global commands';
    await orWarn(log, message, {}, async () => replaceWhereDifferent(deps, globally, []));
  }
  const message = 'Discord refuses the commands of this server';
  for (const guildId of new Set([...guildIds, ...memberOf])) {
    const wanted = guildIds.has(guildId) ? definitions : [];
    const route = Routes.applicationGuildCommands(applicationId, guildId);
    await orWarn(log, message, { guildId }, async () => replaceWhereDifferent(deps, route, wanted));
  }
}

async function orWarn(
  log: Log,
  message: string,
  fields: object,
  register: () => Promise<void>,
): Promise<void> {
  try {
    await register();
  } catch (cause) {
    log.warn({ err: cause, ...fields }, message);
  }
}

async function replaceWhereDifferent(
  deps: RegistrationDeps,
  route: `/${string}`,
  wanted: readonly CommandDefinition[],
): Promise<void> {
  const registered = await registeredAt(deps, route, wanted.length > 0);
  if (registered !== undefined && isSame(wanted, registered)) return;
  await deps.rest.put(route, { body: wanted });
  deps.log.info({ commands: wanted.map(({ name }) => name) }, 'commands registered');
}

/**
 * The commands registered now; `undefined` if they cannot be read, in which case wanted commands
 * are written anyway.
 */
async function registeredAt(
  { rest, log }: RegistrationDeps,
  route: `/${string}`,
  isWanted: boolean,
): Promise<Listed[] | undefined> {
  try {
    const query = new URLSearchParams({ with_localizations: 'true' });
    return commandListSchema.parse(await rest.get(route, { query }));
  } catch (cause) {
    // Commands are not removed without knowing what is there.
    if (!isWanted) throw cause;
    log.info({ err: cause }, 'registered commands cannot be read; writing them');
    return undefined;
  }
}

/** Fields that Discord adds to a command. */
const ADDED = [
  'id',
  'application_id',
  'guild_id',
  'version',
  'type',
  'default_permission',
  'dm_permission',
  'name_localized',
  'description_localized',
  'handler',
];
/** Fields that Discord omits for commands of a single server, where they have no meaning. */
const GLOBAL_ONLY = ['contexts', 'integration_types'];

function isSame(wanted: readonly CommandDefinition[], registered: readonly Listed[]): boolean {
  if (wanted.length !== registered.length) return false;
  const byName = new Map(registered.map((command) => [command['name'], command]));
  return wanted.every((command) => {
    const listed = byName.get(command.name);
    if (listed === undefined) return false;
    const ignored = typeof listed['guild_id'] === 'string' ? [...ADDED, ...GLOBAL_ONLY] : ADDED;
    return isDeepStrictEqual(without(command, ignored), without(listed, ignored));
  });
}

function without(command: CommandDefinition | Listed, ignored: readonly string[]): unknown {
  return withoutDefaults(
    Object.fromEntries(Object.entries(command).filter(([key]) => !ignored.includes(key))),
  );
}

/** Discord omits fields that were never set, or sends them as null, false or empty. */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, field]): [string, unknown] => [key, withoutDefaults(field)])
      .filter(([, field]) => !isDefault(field)),
  );
}

function isDefault(field: unknown): boolean {
  return (
    field === null ||
    field === undefined ||
    field === false ||
    (Array.isArray(field) && field.length === 0)
  );
}
