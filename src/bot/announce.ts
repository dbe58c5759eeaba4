import type { Route } from '../domain/routes/route.ts';
import { commandScopes } from '../discord/register-commands.ts';
import type { RegistrationDeps } from '../discord/register-commands.ts';
import type { BotContext } from './bot-context.ts';
import { HANDLERS, definitionsOf } from './handlers.ts';
import { keepRegistering } from './keep-registering.ts';
import { logIn } from './log-in.ts';
import { warnOfEndpoint } from './open-entrance.ts';
import type { OpenedEntrance } from './open-entrance.ts';

/** Logs in, which starts serving, then registers the commands. */
export async function announce(
  { config, catalogue, log, stopping, ownership }: BotContext,
  { entrance, door, follow }: OpenedEntrance,
  routesOn: readonly Route[],
  onRegistered: NonNullable<RegistrationDeps['onRegistered']>,
): Promise<void> {
  const { applicationId, guildIds } = await logIn(entrance, log, stopping);
  follow?.();
  if (door === undefined) void warnOfEndpoint({ log, stopping }, entrance);
  const served = new Set(config.discord.guildIds);
  if (served.size === 0) {
    log.warn(
      {},
      'DISCORD_GUILD_IDS is empty: every server that invites this bot can spend on its provider keys',
    );
  }
  if (ownership.isFirst()) {
    const definitions = definitionsOf(HANDLERS, catalogue);
    const registering = { rest: entrance.rest, applicationId, log, onRegistered };
    await keepRegistering(registering, commandScopes(definitions, served, guildIds), stopping);
  }
  log.info({ routes: routesOn.length, servers: guildIds.length }, 'ready');
}
