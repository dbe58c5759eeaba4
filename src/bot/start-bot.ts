import { confirmPrice } from '../../commands/confirm-price.ts';
import { privacy } from '../../commands/privacy.ts';
import { models } from '../../commands/models.ts';
import { quota } from '../../commands/quota.ts';
import { settings } from '../../commands/settings.ts';
import { usage } from '../../commands/usage.ts';
import { video } from '../../commands/video.ts';
import { createActiveTasks } from '../app/active-tasks.ts';
import { createAcceptVideo } from '../app/accept-video.ts';
import type { AcceptVideo } from '../app/accept-video.ts';
import { createHoldDesk } from '../app/hold-desk.ts';
import type { HoldDesk } from '../app/hold-desk.ts';
import { createNotices } from '../app/notices.ts';
import { NO_METRICS } from '../app/metrics-port.ts';
import type { MetricsPort } from '../app/metrics-port.ts';
import type { Notices } from '../app/notices.ts';
import type { Log } from '../app/ports.ts';
import { createProviderPauses } from '../app/provider-pauses.ts';
import { keepForgetting } from '../app/retention.ts';
import { createStopSignal } from '../app/stop-signal.ts';
import { systemClock } from '../app/system-clock.ts';
import type { Config } from '../config/config.ts';
import { createChannelPosts } from '../discord/channel-posts.ts';
import { createDispatch } from '../discord/dispatch.ts';
import { createGateway } from '../discord/gateway.ts';
import type { Gateway } from '../discord/gateway.ts';
import { createMessagePort } from '../discord/message-port.ts';
import { registerCommands } from '../discord/register-commands.ts';
import { createReplies } from '../discord/replies.ts';
import { createRestClients } from '../discord/rest-clients.ts';
import type { RestClients } from '../discord/rest-clients.ts';
import { routesOf } from '../domain/routes/catalogue.ts';
import type { Route } from '../domain/routes/route.ts';
import type { Task } from '../domain/tasks/task.ts';
import { DEFAULT_TASK_POLICY } from '../domain/tasks/policy.ts';
import type { TaskPolicy } from '../domain/tasks/policy.ts';
import { startHealthServer } from '../health/health-server.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import { meterAcceptVideo, meterMessages, meterProviders } from '../metrics/metered.ts';
import { createProgressEditor } from '../worker/progress-editor.ts';
import type { ProgressEditor } from '../worker/progress-editor.ts';
import { createWorker } from '../worker/worker.ts';
import type { Worker } from '../worker/worker.ts';
import { logIn } from './log-in.ts';
import { openMedia } from './open-media.ts';
import { openProviders } from './open-providers.ts';
import { openStore } from './open-store.ts';
import type { Books } from './open-store.ts';
import { createResources } from './resources.ts';
import type { Resources } from './resources.ts';

/** In the order in which people see them registered. */
export const COMMANDS = [video, models, privacy, quota, settings, usage];
const BUTTONS = [confirmPrice];

/** After its grace a stop gives cut calls this long to be written down, in milliseconds. */
const LAST_WRITES_MS = 2000;

/** From outside: when to stop, also in the middle of a start, and what to do where it cannot go on. */
export interface Lifetime {
  readonly stopping: AbortSignal;
  readonly onFatal: (reason: string) => void;
}

/** Interactions that are being answered. */
type UnderWay = Set<Promise<void>>;

export interface Bot {
  /** Ends in order: no new work, what is paid for brought to a safe place, then everything closed. */
  stop(): Promise<void>;
}

interface Parts {
  readonly config: Config;
  readonly log: Log;
  readonly resources: Resources;
  readonly stopping: AbortSignal;
  /** Undefined: nobody can ask for them. */
  readonly metrics: Metrics | undefined;
  readonly counts: MetricsPort;
}

/**
 * Puts the bot together and starts it. Rejects where it cannot start; what was opened by then is
 * closed again. `onFatal` is called where a running bot cannot go on.
 */
export async function startBot(
  config: Config,
  log: Log,
  { stopping, onFatal }: Lifetime,
): Promise<Bot> {
  const metrics = config.http === undefined ? undefined : createMetrics();
  const counts = metrics?.port ?? NO_METRICS;
  const resources = createResources(log);
  const parts: Parts = { config, log, resources, metrics, counts, stopping };
  try {
    return await assemble(parts, onFatal);
  } catch (cause) {
    await parts.resources.closeAll();
    throw cause;
  }
}

async function assemble(parts: Parts, onFatal: (reason: string) => void): Promise<Bot> {
  const { config, log, resources } = parts;
  const books = await openStore(parts);
  const rests = createRestClients(config.discord.apiUrl, config.discord.token);
  const underWay: UnderWay = new Set();
  const work = await startWork(parts, books, rests);
  const { routesOn, acceptVideo, holds, notices } = work;
  ownWork(parts, work, underWay);
  const dispatch = createDispatch({
    commands: COMMANDS,
    buttons: BUTTONS,
    services: {
      ...books,
      routesOn,
      acceptVideo,
      holds,
      notices,
      retentionDays: Math.round(config.retentionMs / 86_400_000),
      priceList: config.priceList,
      replies: createReplies(rests),
      clock: systemClock,
    },
    guildIds: new Set(config.discord.guildIds),
    clock: systemClock,
    log,
  });
  keepForgettingOld(parts, books);
  const gateway = createGateway({
    apiUrl: config.discord.apiUrl,
    token: config.discord.token,
    log,
    onFatal,
    onInteraction(raw) {
      const dispatched = dispatch(raw).finally(() => underWay.delete(dispatched));
      underWay.add(dispatched);
    },
  });
  resources.own('gateway', async () => gateway.close());
  await openHealth(parts, gateway, books);
  await announce(parts, gateway, routesOn);
  return { stop: async () => resources.closeAll() };
}

/**
 * The end of all work under way, as one of the resources: after the gateway, before what it stands on.
 * Looks and downloads are cut at once; creates that were sent and uploads have their grace.
 */
function ownWork({ config, resources }: Parts, { worker, cut }: Work, underWay: UnderWay): void {
  resources.own('work', async () => {
    cut.looks();
    const ended = Promise.all([worker.stop(), ...underWay]);
    if (await isDoneWithin(ended, config.shutdownMs)) return;
    cut.sends();
    await isDoneWithin(ended, LAST_WRITES_MS);
  });
}

interface Work {
  readonly worker: Worker;
  readonly routesOn: readonly Route[];
  readonly acceptVideo: AcceptVideo;
  readonly holds: HoldDesk;
  readonly notices: Notices;
  readonly cut: { looks(): void; sends(): void };
}

/** Everything that drives tasks; unfinished ones go on before Discord is even reached. */
async function startWork(parts: Parts, books: Books, rests: RestClients): Promise<Work> {
  const { config, log, resources, counts } = parts;
  const { progressEditMs: editEveryMs } = config;
  const clock = systemClock;
  const looks = createStopSignal();
  const sends = createStopSignal();
  const messages = meterMessages(createMessagePort(rests), counts);
  const shared = {
    clock,
    log,
    pauses: createProviderPauses(clock, log),
    active: createActiveTasks(),
  };
  const progress = createProgressEditor({ messages, clock, log, editEveryMs });
  const posts = createChannelPosts(rests);
  const notices = createNotices({ ...books, port: posts, clock, log });
  const { video: videos, files } = openMedia(config, resources);
  const providers = meterProviders(openProviders(config, resources), counts);
  const worker = createWorker({
    ...shared,
    store: books.tasks,
    providers,
    messages,
    progress,
    after: { notices, guilds: books.guilds, finishPing: posts, log },
    video: videos,
    policy: policyOf(config),
    random: Math.random,
    signals: { polls: looks.signal, sends: sends.signal },
  });
  const unfinished = await worker.start();
  await files.removeUnowned(unfinished);
  if (unfinished.size > 0) log.info({ tasks: unfinished.size }, 'unfinished tasks taken up');
  parts.metrics?.watch({ ...shared, ...books, ...config });
  const routesOn = routesOf(new Set(providers.keys()));
  const desk = {
    ...shared,
    store: books.tasks,
    begin: (task: Task): void => {
      worker.add(task);
    },
  };
  return {
    worker,
    routesOn,
    acceptVideo: meterAcceptVideo(
      createAcceptVideo({ ...books, ...config, ...desk, priceList: config.priceList, routesOn }),
      counts,
      clock,
    ),
    holds: createHoldDesk(desk),
    notices,
    cut: cutsOf(looks, sends, progress),
  };
}

/** What a stop cuts, at once and at the very end. */
function cutsOf(
  looks: AbortController,
  sends: AbortController,
  progress: ProgressEditor,
): Work['cut'] {
  return {
    looks() {
      looks.abort();
      progress.stop();
    },
    sends() {
      sends.abort();
    },
  };
}

function policyOf({ pollMinMs, pollMaxMs, taskTimeoutMs }: Config): TaskPolicy {
  return { ...DEFAULT_TASK_POLICY, pollMinMs, pollMaxMs, taskTimeoutMs };
}

function keepForgettingOld({ config, log, resources }: Parts, { forgetting: store }: Books): void {
  const { retentionMs } = config;
  const retention = keepForgetting({ store, clock: systemClock, log, retentionMs });
  resources.own('retention', async () => retention.stop());
}

async function openHealth(
  { config, log, resources, metrics }: Parts,
  gateway: Gateway,
  { records }: Books,
): Promise<void> {
  if (config.http === undefined) return;
  const server = await startHealthServer({
    ...config.http,
    log,
    readiness: async () => ({
      gateway: gateway.isReady(),
      store: await isAnswering(async () => records.get('meta:schema')),
      providers: Object.fromEntries(Object.keys(config.providers).map((id) => [id, 'on'])),
    }),
    ...(metrics === undefined ? {} : { metrics: async () => metrics.render() }),
  });
  resources.own('health', async () => server.close());
  log.info({ port: server.port }, 'health server listening');
}

async function isAnswering(look: () => Promise<unknown>): Promise<boolean> {
  try {
    await look();
    return true;
  } catch {
    // Which fault it is stands in the log of whoever meets it; here only yes or no is asked.
    return false;
  }
}

/** Logs in, then makes the commands known; serving begins with the log-in. */
async function announce(
  { config, log, stopping }: Parts,
  gateway: Gateway,
  routesOn: readonly Route[],
): Promise<void> {
  const { applicationId, guildIds } = await logIn(gateway, log, stopping);
  const served = new Set(config.discord.guildIds);
  if (served.size === 0) {
    log.warn(
      {},
      'DISCORD_GUILD_IDS is empty: every server that invites this bot can spend on its provider keys',
    );
  }
  const definitions = COMMANDS.map((command) => command.define(routesOn));
  await registerCommands({ rest: gateway.rest, applicationId, log }, definitions, served, guildIds);
  log.info({ routes: routesOn.length, servers: guildIds.length }, 'ready');
}

async function isDoneWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  let cancel: (() => void) | undefined;
  const late = new Promise<false>((resolve) => {
    cancel = systemClock.after(ms, () => {
      resolve(false);
    });
  });
  const isDone = await Promise.race([work.then(() => true), late]);
  cancel?.();
  return isDone;
}
