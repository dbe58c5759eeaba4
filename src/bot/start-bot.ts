import { createVideoActions } from '../app/second/video-actions.ts';
import { createBotMessages } from '../discord/rest/bot-messages.ts';
import { createVideoReports } from '../store/tasks/video-reports.ts';
import { createChooseModel } from '../app/choose-model.ts';
import { createFillIn } from '../app/fill-in.ts';
import { createSearches } from '../discord/history/searches.ts';
import { createReports } from '../discord/usage/reports.ts';
import { createMessageRemoval } from '../app/message-removal.ts';
import { createDiscordTime } from '../app/discord-time.ts';
import type { DiscordTime } from '../app/discord-time.ts';
import { NO_METRICS } from '../app/ports/metrics-port.ts';
import type { Log } from '../app/ports/core.ts';
import { announce } from './announce.ts';
import { countRouteUse, createRouteUse } from '../app/route-use.ts';
import { createOwnedSlots } from '../app/slots/owned-slots.ts';
import { systemClock } from '../app/system-clock.ts';
import type { Config } from '../config/config.ts';
import { createBotRequest } from '../discord/access/bot-request.ts';
import { createChannelAudience } from '../discord/access/channel-audience.ts';
import { createDispatch } from '../discord/dispatch.ts';
import type { Dispatch } from '../discord/dispatch.ts';
import type { CommandAccess } from '../discord/access/command-access.ts';
import { createCommandAccess } from '../discord/access/create-command-access.ts';
import { createReplies } from '../discord/replies.ts';
import { createFindClip } from '../discord/rest/find-clip.ts';
import type { RestClients } from '../discord/rest/rest-clients.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import {
  startDepartedCleanup,
  startIntentsCleanup,
  startOldRecordsCleanup,
  startOrphanedMediaCleanup,
} from './start-retention.ts';
import { createLateEdits } from './report-late-edits.ts';
import { HANDLERS } from './handlers.ts';
import { serveOperatorRequests } from './serve-operator-requests.ts';
import { warnOfUncountedHolds } from './warn-of-uncounted-holds.ts';
import { makeCatalogue } from './make-catalogue.ts';
import { startAssetCleanup } from './open-library.ts';
import { startNamedUploads, withNamed, withNamedOfGuilds } from './open-named-assets.ts';
import { openMemberErasure } from './open-member-erasure.ts';
import { openEntrance } from './open-entrance.ts';
import { openHealth } from './open-health.ts';
import { openRests } from './open-rests.ts';
import { checkInBackground } from './check-in-background.ts';
import { openStore } from './open-store.ts';
import type { Stores } from './open-store.ts';
import { createResources } from './resources.ts';
import { createOutbound } from '../outbound/outbound.ts';
import { openSqliteRecords } from '../store/records/sqlite-records.ts';
import { ALONE } from './bot-context.ts';
import type { PlatformDeps, BotContext, Sharing, StoreContext } from './bot-context.ts';
import { openTaskEngine } from './open-task-engine.ts';
import { limitStart } from './start-limit.ts';
import { handOver } from './hand-over.ts';
import { openLetters } from './letters.ts';
import { passOnCalls, receiveCalls } from './pass-on-calls.ts';
import type { PassingOn } from './pass-on-calls.ts';
import { hearsEachChange, passOnPermissions } from './pass-on-permissions.ts';
import type { TaskEngine } from './open-task-engine.ts';
import { unlessAborted } from '../app/unless-aborted.ts';
import { withinLimit } from '../app/within-limit.ts';
import { DAY_MS } from '../domain/time-units.ts';

/**
 * After its grace period, a stop gives aborted calls this long to record their results, in
 * milliseconds.
 */
const LAST_WRITES_MS = 1500;

/** Given by the caller: when to stop, even during a start, and what to do on a fatal fault. */
export interface Lifecycle {
  readonly stopping: AbortSignal;
  readonly onFatal: (reason: string) => void;
}

/** Interactions that are being answered. */
type InFlightCalls = Set<Promise<void>>;

export interface Bot {
  /** Stops accepting work, saves what has been paid for, then closes everything. */
  stop(): Promise<void>;
}

/**
 * Builds and starts the bot. If it cannot start, it closes what was opened and rejects. `onFatal`
 * is called if the running bot cannot continue.
 */
export async function startBot(
  config: Config,
  log: Log,
  { stopping, onFatal }: Lifecycle,
  { clock: machine, sharing: given, ...platform }: PlatformDeps = {
    clock: systemClock,
    openRecords: openSqliteRecords,
  },
): Promise<Bot> {
  const metrics = config.http === undefined ? undefined : await loadMetrics();
  const counts = metrics?.port ?? NO_METRICS;
  const resources = createResources(log);
  const time = createDiscordTime(machine, log);
  const shared = { config, log, resources, metrics, counts, stopping, onFatal, ...platform };
  const sharing = given ?? (await sharingOf(config, time));
  const slots = createOwnedSlots(sharing.source, log);
  const context = { ...shared, ...slots, sharing, clock: time, machine };
  const limit = limitStart({ stopping, clock: machine, graceMs: config.shutdownMs });
  try {
    return await unlessAborted(assemble(context, time), limit.givenUp);
  } catch (cause) {
    await context.resources.closeAll();
    throw cause;
  } finally {
    limit.end();
  }
}

/** Loaded only if metrics are enabled, because the library reads a hundred files. */
async function loadMetrics(): Promise<Metrics> {
  const { createMetrics } = await import('../metrics/create-metrics.ts');
  return createMetrics();
}

/** Loaded only where a database is shared, with its packages. */
async function sharingOf({ store }: Config, clock: DiscordTime): Promise<Sharing> {
  if (store.kind === 'sqlite') return ALONE;
  const { shareDatabase } = await import('./share-database.ts');
  return shareDatabase(clock);
}

async function assemble(
  storeContext: StoreContext & Pick<BotContext, 'changing'>,
  time: DiscordTime,
): Promise<Bot> {
  const { log, resources, onFatal } = storeContext;
  const stores = await openStore(storeContext);
  if (stores.shared !== undefined) storeContext.metrics?.label(stores.shared.instance);
  const outbound = createOutbound(storeContext.config);
  const made = await makeCatalogue(storeContext, stores, outbound.toConfigured);
  const context: BotContext = { ...storeContext, ...made };
  const { watched, rests, makeRequest } = openRests(context, stores, { time, outbound });
  const inFlight: InFlightCalls = new Set();
  const { invalid } = watched;
  const letters = await openLetters(context, stores);
  const engineParts = { rests, invalid, outbound, lateEdits: createLateEdits(letters, context) };
  const engine = await openTaskEngine(context, stores, engineParts);
  letters?.onLateEdit(engine.worker.showAgain);
  ownEngine(context, engine, inFlight);
  const restore = await engine.start();
  const asking = engine.startAskingOfHolds(restore);
  resources.own('asking of holds', async () => asking.stop());
  const guildIds = new Set(context.config.discord.guildIds);
  const isReported = hearsEachChange(context.config.discord, letters);
  const access = { guildIds, isReported, rests, clock: context.clock, log };
  const commandAccess = createCommandAccess(access);
  const passingOn = passOnCalls(context, letters);
  const dispatch = openDispatch(context, stores, { engine, rests, commandAccess, passingOn });
  const arrive = receiveCalls(dispatch, passingOn, { inFlight, time });
  startCleanups(context, stores, engine);
  await warnOfUncountedHolds(context, stores);
  await serveOperatorRequests(context, engine.holds, { ...stores, inFlight });
  checkInBackground(context, stores);
  const opened = openEntrance(context, {
    rests,
    makeRequest,
    proxied: outbound.proxied,
    time,
    onFatal,
    onInteraction: arrive,
    membership: stores.shared?.membership,
    onPermissionsUpdate: passOnPermissions(context, letters, commandAccess.onPermissionsUpdate),
  });
  await openHealth(context, {
    ...opened,
    bans: watched.bans,
    records: stores.records,
    pauses: engine.state.pauses,
  });
  await announce(context, opened, engine.routesOn, commandAccess.onRegistered);
  startDepartedCleanup(context, withNamedOfGuilds(stores, engine), { rests, ...engine.state });
  return {
    async stop() {
      const { entrance } = opened;
      await handOver(context, { membership: stores.shared?.membership, entrance, inFlight });
      // Immediately, even if other resources take long to close.
      engine.cut.polls();
      await resources.closeAll();
    },
  };
}

/** Starts deleting what is too old, or what nothing uses any more. */
function startCleanups(
  context: BotContext,
  stores: Stores,
  { worker, library, namedAssets }: TaskEngine,
): void {
  startOldRecordsCleanup(context, stores, worker);
  startIntentsCleanup(context, stores);
  startOrphanedMediaCleanup(context, stores);
  startAssetCleanup(context, stores, library);
  startNamedUploads(context, { namedAssets });
}

interface DispatchParts {
  readonly engine: TaskEngine;
  readonly rests: RestClients;
  readonly commandAccess: CommandAccess;
  readonly passingOn: PassingOn | undefined;
}

/** Creates the dispatcher with all commands, buttons and services. */
function openDispatch(
  context: BotContext,
  stores: Stores,
  { engine, rests, commandAccess, passingOn }: DispatchParts,
): Dispatch {
  const { config, clock, ownership, log, resources, catalogue } = context;
  const { routesOn, acceptVideo, holds, notices, worker, namedAssets } = engine;
  const erasure = openMemberErasure(context, stores, namedAssets);
  const routeUse = createRouteUse();
  return createDispatch({
    handlers: HANDLERS,
    services: {
      ...stores,
      ...withNamed(stores, namedAssets, erasure),
      lastFrames: engine.lastFrames,
      reuseMedia: engine.reuseMedia,
      durations: engine.durations,
      routesOn,
      catalogue,
      routeUse,
      pauses: engine.state.pauses,
      acceptVideo: countRouteUse(acceptVideo, routeUse),
      chooseModel: createChooseModel({ ...stores, routesOn, log }),
      fillIn: createFillIn({ ...stores, log }),
      cancelVideo: worker.cancel,
      ...videoServices(stores, engine, { rests, ownership, clock, log, resources }),
      findClip: createFindClip(rests),
      holds,
      notices,
      retentionDays: Math.round(config.retentionMs / DAY_MS),
      priceList: config.priceList,
      commandAccess,
      audience: createChannelAudience(createBotRequest(rests), clock),
      replies: createReplies(rests),
      reports: createReports(clock, log),
      searches: createSearches(),
      log,
      buttons: engine.buttons,
      clock,
    },
    guildIds: new Set(config.discord.guildIds),
    ownership,
    forward: passingOn?.forward,
    clock,
    log,
  });
}

/** What members do with videos besides making them. */
function videoServices(
  stores: Stores,
  { worker, notices, clips }: TaskEngine,
  {
    rests,
    ownership,
    clock,
    log,
    resources,
  }: Pick<BotContext, 'ownership' | 'clock' | 'log' | 'resources'> & {
    readonly rests: RestClients;
  },
) {
  const botMessages = createBotMessages(rests, log);
  const videoActions = createVideoActions({
    ...stores,
    store: stores.tasks,
    ownership,
    betweenSteps: worker.betweenSteps,
    messages: botMessages,
    awaitsSmaller: (taskId) => clips.isMaking(taskId),
    reports: createVideoReports(stores.records),
    notices,
    clock,
  });
  const messageRemoval = createMessageRemoval(botMessages, clock);
  resources.own('message removal', async () => messageRemoval.stop());
  return { botMessages, videoActions, messageRemoval };
}

/**
 * Registers the end of all work as a resource: closed after the entrance and before the stores it
 * uses. Polls and downloads are aborted immediately; requests that create tasks and uploads get the
 * grace period.
 */
function ownEngine(
  { config, resources }: BotContext,
  { worker, settled, cut }: TaskEngine,
  inFlight: InFlightCalls,
): void {
  resources.own('work', async () => {
    cut.polls();
    // A call that is being answered may begin nothing, and its caller is to be notified.
    const ended = Promise.all([worker.stop(), ...inFlight]).then(settled);
    const isLate = (await withinLimit(systemClock, config.shutdownMs, ended)) === 'late';
    cut.sends();
    if (!isLate) return;
    await withinLimit(systemClock, LAST_WRITES_MS, ended);
  });
}
