import type { ActiveTasks } from '../app/active-tasks.ts';
import { keepForgettingGoneGuilds } from '../app/gone-guilds.ts';
import { keepForgetting } from '../app/retention.ts';
import { createGuildList } from '../discord/guild-list.ts';
import type { RestClients } from '../discord/rest-clients.ts';
import type { Books } from './open-store.ts';
import type { Parts } from './parts.ts';

/** What is too old, of every guild. */
export function keepForgettingOld(
  { config, log, resources, clock }: Parts,
  { forgetting: store, lines }: Books,
): void {
  const { retentionMs } = config;
  const retention = keepForgetting({ store, lines, clock, log, retentionMs });
  resources.own('retention', async () => retention.stop());
}

/** The guilds that removed the bot, served or not: only where it is a member counts. */
export function keepForgettingGuilds(
  { log, resources, clock }: Parts,
  books: Books,
  { rests, active }: { readonly rests: RestClients; readonly active: ActiveTasks },
): void {
  const looking = keepForgettingGoneGuilds({
    guildList: createGuildList(rests),
    looks: books.guildLooks,
    forgetGuild: async (guildId) => books.forgetGuild(guildId, active),
    clock,
    log,
  });
  resources.own('guild look', async () => looking.stop());
}
