import type { ActiveTasks } from '../app/ports/active-tasks-port.ts';
import { startDepartedGuildCleanup } from '../app/departed-guilds.ts';
import { startRetention } from '../app/retention.ts';
import { createGuildList } from '../discord/rest/guild-list.ts';
import type { RestClients } from '../discord/rest/rest-clients.ts';
import type { Stores } from './open-store.ts';
import type { BotContext } from './bot-context.ts';

/** Starts deleting records that are too old, in every guild. */
export function startOldRecordsCleanup(
  { config, log, resources, clock }: BotContext,
  { retention: store, attemptLog }: Stores,
): void {
  const { retentionMs } = config;
  const retention = startRetention({ store, attemptLog, clock, log, retentionMs });
  resources.own('retention', async () => retention.stop());
}

/** Starts deleting the data of guilds that removed the bot, whether it served them or not. */
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
