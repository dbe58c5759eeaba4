import type { REST } from 'discord.js';
import { z } from 'zod';
import type { Log } from '../app/ports/core.ts';
import type { CommandDefinition } from './command.ts';
import { DiscordAPIError, HTTPError, Routes } from './discord-js.ts';
import { areSameCommands } from './same-commands.ts';
import type { ListedCommand } from './same-commands.ts';

export interface RegistrationDeps {
  /** REST with the bot token. A PUT is idempotent and may be repeated. */
  readonly rest: REST;
  readonly applicationId: string;
  readonly log: Log;
  /** Called with the commands that Discord then has; `undefined` for the global ones. */
  readonly onRegistered?: (guildId: string | undefined, commands: unknown) => void;
  /** Whether it is still this process that registers; asked before each scope. Always if not given. */
  readonly mayGoOn?: () => boolean;
}

/** The commands that one server, or all servers together, should have. */
export interface CommandScope {
  /** `undefined` for the global commands. */
  readonly guildId: string | undefined;
  /** Empty if registered commands are to be removed. */
  readonly wanted: readonly CommandDefinition[];
}

const commandListSchema = z.array(z.record(z.string(), z.unknown()));

/**
 * Where commands belong: in the given servers, or globally if none is given. Registrations of the
 * other kind, also in servers that the bot is only a member of, are removed.
 */
export function commandScopes(
  definitions: readonly CommandDefinition[],
  guildIds: ReadonlySet<string>,
  memberOf: readonly string[],
): CommandScope[] {
  const isGlobal = guildIds.size === 0;
  return [
    { guildId: undefined, wanted: isGlobal ? definitions : [] },
    ...[...new Set([...guildIds, ...memberOf])].map((guildId) => ({
      guildId,
      wanted: guildIds.has(guildId) ? definitions : [],
    })),
  ];
}

/**
 * Writes the commands that differ, because Discord limits creations. What fails is a warning, since
 * commands registered before keep working. Returns the scopes that should be tried again.
 */
export async function registerCommands(
  deps: RegistrationDeps,
  scopes: readonly CommandScope[],
): Promise<CommandScope[]> {
  const failed: CommandScope[] = [];
  for (const scope of scopes) {
    if (deps.mayGoOn?.() === false) {
      failed.push(scope);
      continue;
    }
    try {
      await replaceIfDifferent(deps, scope);
    } catch (cause) {
      const isRetried = isWorthRetrying(scope, cause);
      if (isRetried) failed.push(scope);
      const place = scope.guildId === undefined ? {} : { guildId: scope.guildId };
      deps.log.warn({ err: cause, ...place }, warningFor(scope, isRetried));
    }
  }
  return failed;
}

/**
 * A server that refuses does so until the bot is invited there with the right scope. The global
 * commands are the bot's only ones, so they are always tried again.
 */
function isWorthRetrying({ guildId, wanted }: CommandScope, cause: unknown): boolean {
  if (guildId === undefined && wanted.length > 0) return true;
  const isAnswer = cause instanceof DiscordAPIError || cause instanceof HTTPError;
  return !isAnswer || cause.status >= 500 || cause.status === 408 || cause.status === 429;
}

function warningFor({ guildId, wanted }: CommandScope, isRetried: boolean): string {
  if (guildId !== undefined) {
    return isRetried
      ? 'the commands of this server could not be registered; trying again later'
      : 'Discord refuses the commands of this server';
  }
  if (wanted.length > 0) {
    return 'the global commands could not be registered; commands registered before keep working; trying again later';
  }
  return isRetried
    ? 'the global commands could not be removed; trying again later'
    : 'Discord refuses to remove the global commands';
}

async function replaceIfDifferent(
  deps: RegistrationDeps,
  { guildId, wanted }: CommandScope,
): Promise<void> {
  const { applicationId } = deps;
  const route =
    guildId === undefined
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  const registered = await registeredAt(deps, route, wanted.length > 0);
  if (registered !== undefined && areSameCommands(wanted, registered)) {
    deps.onRegistered?.(guildId, registered);
    return;
  }
  const written = await deps.rest.put(route, { body: wanted });
  deps.onRegistered?.(guildId, written);
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
): Promise<ListedCommand[] | undefined> {
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
