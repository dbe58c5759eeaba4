import type { Route } from '../domain/routes/route.ts';
import { unlessAborted } from '../app/unless-aborted.ts';
import { commandScopes } from '../discord/register-commands.ts';
import type { RegistrationDeps } from '../discord/register-commands.ts';
import type { BotContext } from './bot-context.ts';
import { HANDLERS, definitionsOf } from './handlers.ts';
import { keepRegistering } from './keep-registering.ts';
import { logIn } from './log-in.ts';
import { warnOfEndpoint } from './open-entrance.ts';
import type { OpenedEntrance } from './open-entrance.ts';

/** Logs in, which starts serving, then keeps the commands registered. */
export async function announce(
  { config, catalogue, log, stopping, ownership, sharing, resources, clock }: BotContext,
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
  const definitions = definitionsOf(HANDLERS, catalogue);
  const isShared = sharing.slots !== undefined;
  const discord = { rest: entrance.rest, applicationId, onRegistered };
  const registration = keepRegistering(
    { ...discord, ownership, clock, log, random: Math.random, isShared },
    commandScopes(definitions, served, guildIds),
  );
  resources.own('registration', async () => registration.stop());
  await unlessAborted(registration.firstTry, stopping);
  log.info({ routes: routesOn.length, servers: guildIds.length }, 'ready');
}
