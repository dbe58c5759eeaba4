import type { ActiveTasks } from '../app/ports/active-tasks-port.ts';
import { startLoop } from '../app/loop.ts';
import { startDepartedGuildCleanup } from '../app/departed-guilds.ts';
import { emptyHeld } from '../app/second/erase-video.ts';
import { startRetention } from '../app/retention.ts';
import { createGuildList } from '../discord/rest/guild-list.ts';
import type { RestClients } from '../discord/rest/rest-clients.ts';
import { MINUTE_MS } from '../domain/time-units.ts';
import { deleteOrphanedMedia } from '../store/privacy/delete-orphaned-media.ts';
import type { Worker } from '../worker/worker.ts';
import { deleteDeadFiles } from './delete-dead-files.ts';
import { onceFirst } from './once-first.ts';
import type { Stores } from './open-store.ts';
import type { BotContext } from './bot-context.ts';

/** Starts deleting records that are too old, in every guild. */
export function startOldRecordsCleanup(
  context: BotContext,
  stores: Stores,
  { betweenSteps }: Pick<Worker, 'betweenSteps'>,
): void {
  const { config, resources, ownership } = context;
  const { tasks: store, media } = stores;
  const retention = startRetention({
    ...stores,
    ...context,
    store: stores.retention,
    emptyHeld: async (task) => emptyHeld({ store, media, ownership, betweenSteps }, task),
    deleteDeadFiles: async (beforeMs) => deleteDeadFiles(context, stores, beforeMs),
    retentionMs: config.retentionMs,
  });
  resources.own('retention', async () => retention.stop());
}

/** How often the intents are cut, in milliseconds. */
const CUT_INTENTS_MS = 15 * MINUTE_MS;

/** Starts cutting what was about to be acknowledged, which is of use for minutes. */
export function startIntentsCleanup(
  { log, resources, clock }: BotContext,
  { intents }: Stores,
): void {
  let isFirst = true;
  const cleanup = startLoop(clock, async () => {
    try {
      if (!isFirst && clock.isKnown()) await intents.cut();
    } catch (cause) {
      log.warn({ err: cause }, 'intents could not be cut; trying again');
    }
    isFirst = false;
    return CUT_INTENTS_MS;
  });
  resources.own('intents cleanup', async () => cleanup.stop());
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

/** Deletes media that no task owns any more, once, when the time is known. */
export function startOrphanedMediaCleanup(
  {
    log,
    resources,
    ownership,
    clock,
  }: Pick<BotContext, 'log' | 'resources' | 'ownership' | 'clock'>,
  { records, media }: Pick<Stores, 'records' | 'media'>,
): void {
  const cleanup = onceFirst({ clock, ownership }, async () => {
    try {
      const tasks = await deleteOrphanedMedia(records, media);
      if (tasks > 0) log.info({ tasks }, 'kept media of deleted tasks removed');
    } catch (cause) {
      log.warn({ err: cause }, 'kept media of deleted tasks could not be found');
    }
  });
  resources.own('orphaned media', async () => cleanup.stop());
}
