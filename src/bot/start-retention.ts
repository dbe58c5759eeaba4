import type { ActiveTasks } from '../app/ports/active-tasks-port.ts';
import { startDepartedGuildCleanup } from '../app/departed-guilds.ts';
import { startRetention } from '../app/retention.ts';
import { createGuildList } from '../discord/rest/guild-list.ts';
import type { RestClients } from '../discord/rest/rest-clients.ts';
import type { Stores } from './open-store.ts';
import type { BotContext } from './bot-context.ts';

/** What is too old, of every guild. */
export function startOldRecordsCleanup(
  { config, log, resources, clock }: BotContext,
  { retention: store, lines }: Stores,
): void {
  const { retentionMs } = config;
  const retention = startRetention({ store, lines, clock, log, retentionMs });
  resources.own('retention', async () => retention.stop());
}

/** The guilds that removed the bot, served or not: only where it is a member counts. */
export function startDepartedCleanup(
  { log, resources, clock, ownership }: BotContext,
  stores: Stores,
  { rests, active }: { readonly rests: RestClients; readonly active: ActiveTasks },
): void {
  const cleanup = startDepartedGuildCleanup({
    guildList: createGuildList(rests),
    ownership,
    presence: stores.guildPresence,
    deleteGuildData: async (guildId) => stores.deleteGuildData(guildId, active),
    clock,
    log,
  });
  resources.own('departed guilds', async () => cleanup.stop());
}
