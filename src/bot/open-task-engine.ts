import { createActiveTasks } from '../app/active-tasks.ts';
import type { ActiveTasks } from '../app/ports/active-tasks-port.ts';
import { createAcceptVideo } from '../app/accept/accept-video.ts';
import type { AcceptVideo } from '../app/accept/video-call.ts';
import { createCalendar } from '../app/calendar.ts';
import { createDurationStore } from '../store/durations/duration-store.ts';
import { createHoldActions } from '../app/hold-actions.ts';
import type { HoldActions } from '../app/hold-actions.ts';
import { createNotices } from '../store/notices/notices.ts';
import type { Loop } from '../app/loop.ts';
import { createNextRoute } from '../app/next-route.ts';
import { createProviderPauses } from '../app/provider-pauses.ts';
import type { ProviderPauses } from '../app/ports/provider-pauses-port.ts';
import type { Restore } from '../app/ports/store-origin-port.ts';
import { createStopSignal } from '../app/stop-signal.ts';
import type { LateEdits } from '../app/ports/late-edits-port.ts';
import type { MessagePort } from '../app/ports/message-port.ts';
import { createUnstartedCalls } from '../app/unstarted-calls.ts';
import type { UnstartedCalls } from '../app/unstarted-calls.ts';
import type { Config } from '../config/config.ts';
import { buttonFacts } from '../discord/second/button-facts.ts';
import type { ButtonFacts } from '../discord/render/task-buttons.ts';
import { createChannelPosts } from '../discord/rest/channel-posts.ts';
import type { InvalidRequests } from '../discord/invalid-requests.ts';
import { createFindClip } from '../discord/rest/find-clip.ts';
import { createMessagePort } from '../discord/rest/message-port.ts';
import type { RestClients } from '../discord/rest/rest-clients.ts';
import { routesOf } from '../domain/routes/catalogue.ts';
import type { Route } from '../domain/routes/route.ts';
import { createTaskIds } from '../domain/tasks/task-id.ts';
import type { Task } from '../domain/tasks/task.ts';
import { DEFAULT_TASK_POLICY } from '../domain/tasks/policy.ts';
import { meterAcceptVideo, meterMessages, meterProviders } from '../metrics/metered.ts';
import { createProgressEditor } from '../worker/progress-editor.ts';
import type { ProgressEditor } from '../worker/progress-editor.ts';
import { createProviderQueues } from '../worker/scheduling/provider-queues.ts';
import type { ProviderQueues } from '../worker/scheduling/provider-queues.ts';
import { fitsPlaces } from '../worker/scheduling/fits-places.ts';
import { shareBusy } from '../worker/scheduling/share-busy.ts';
import { createLiveTaskState } from '../worker/live-task-state.ts';
import type { LiveTaskState } from '../worker/live-task-state.ts';
import type { Outbound } from '../outbound/outbound.ts';
import { createWorker } from '../worker/worker.ts';
import type { Worker } from '../worker/worker.ts';
import { openGallery } from './open-gallery.ts';
import { openLibrary } from './open-library.ts';
import type { Library } from './open-library.ts';
import { openMedia } from './open-media.ts';
import { openNamedAssets } from './open-named-assets.ts';
import type { Media } from './open-media.ts';
import { resumeTasks } from './resume-tasks.ts';
import { startAskingOfHolds } from './start-asking-of-holds.ts';
import { openProviders } from './open-providers.ts';
import type { Stores } from './open-store.ts';
import type { BotContext } from './bot-context.ts';
import type { DurationStore } from '../app/ports/duration-port.ts';
import type { NamedAssets } from '../app/ports/named-assets-port.ts';
import type { NoticePort, Notices } from '../app/ports/notice-port.ts';

export interface TaskEngine extends Pick<Media, 'lastFrames' | 'reuseMedia' | 'clips'> {
  readonly worker: Worker;
  readonly library: Library;
  readonly namedAssets: NamedAssets;
  readonly routesOn: readonly Route[];
  /** Which buttons a task's message can have. */
  readonly buttons: ButtonFacts;
  readonly acceptVideo: AcceptVideo;
  readonly durations: DurationStore;
  readonly holds: HoldActions;
  readonly notices: Notices;
  readonly state: { readonly active: ActiveTasks; readonly pauses: ProviderPauses };
  /** Resumes the tasks of earlier processes, before the bot connects; gives the last restore. */
  start(): Promise<Restore | undefined>;
  /** Resolves when callers whose call began nothing were notified. */
  readonly settled: () => Promise<void>;
  /**
   * Asks providers about held tasks, until stopped: those that timed out, and creates without an
   * answer. Must be stopped before the worker.
   */
  startAskingOfHolds(restore: Restore | undefined): Loop;
  readonly cut: { polls(): void; sends(): void };
}

interface Stops {
  readonly polls: AbortController;
  readonly sends: AbortController;
}

interface EngineDeps {
  readonly rests: RestClients;
  readonly invalid: InvalidRequests;
  readonly outbound: Outbound;
  readonly lateEdits: LateEdits;
}

/** Creates everything that drives tasks. Does nothing before `start`. */
export async function openTaskEngine(
  context: BotContext,
  stores: Stores,
  { rests, invalid, outbound, lateEdits }: EngineDeps,
): Promise<TaskEngine> {
  const { config, log, counts, clock } = context;
  const stops: Stops = { polls: createStopSignal(), sends: createStopSignal() };
  const outside = openOutside(context, stores, { rests, outbound, signal: stops.sends.signal });
  const { files, providers, library } = outside;
  const routesOn = routesOf(context.catalogue, new Set(providers.keys()));
  const buttons = buttonFacts({ ...outside, routesOn, priceList: config.priceList });
  const messages = openMessages(context, rests, buttons);
  const shared = sharedState(context, stores);
  const { queues, liveState } = openQueues(context, stores, shared);
  const progress = openProgress(context, { messages, liveState, invalid, lateEdits });
  const posts = createChannelPosts(rests, context.catalogue);
  const notices = openNotices(stores, shared, posts);
  const between: Worker['betweenSteps'] = async (id, work) => worker.betweenSteps(id, work);
  const gallery = openGallery(context, stores, { rests, notices, betweenSteps: between });
  const durations = await openDurations(context, stores);
  const worker = createWorker({
    ...shared,
    ...outside,
    store: stores.tasks,
    attempts: stores.attemptLog,
    queues,
    liveState,
    messages,
    progress,
    lateEdits,
    after: { notices, gallery, guilds: stores.guilds, finishPing: posts, log },
    durations,
    nextRoute: createNextRoute({ ...config, ...stores, ...shared, ...queues, durations, routesOn }),
    ...policyOf(config, stops),
  });
  const { shared: { membership } = {} } = stores;
  context.metrics?.watch({ ...shared, ...stores, ...config, membership });
  const desk = { ...shared, ...handingOverTo(worker), store: stores.tasks };
  const unstarted = openUnstartedCalls(shared, stores, messages, stops);
  const rules = { ...config, ...stores, ...outside, ...desk, ...rulesOf(config), routesOn };
  const acceptVideo = createAcceptVideo({ ...rules, unstarted, begin: worker.begin });
  const holds = createHoldActions({ ...desk, currency: config.priceList?.currency });
  const namedAssets = openNamedAssets(context, stores, { ...rules, notices });
  const engine = { worker, holds, notices, namedAssets };
  return {
    ...engine,
    routesOn,
    acceptVideo: meterAcceptVideo(acceptVideo, counts, clock),
    durations,
    ...mediaOf(outside),
    buttons,
    state: shared,
    start: async () => resumeTasks(context, stores, { ...desk, ...engine, unstarted, files }),
    library,
    settled: async () => settledAll(unstarted, library),
    startAskingOfHolds: (restore) =>
      startAskingOfHolds({ ...config, ...stores, ...desk, holds, providers, restore }),
    cut: abortsOf(stops, progress),
  };
}

function openNotices(
  stores: Stores,
  shared: ReturnType<typeof sharedState>,
  port: NoticePort,
): Notices {
  const notices = createNotices({ ...stores, ...shared, port });
  shared.pauses.onPause((pause) => void notices.pauseHeardOf(pause));
  return notices;
}

async function settledAll(...parts: readonly { settled(): Promise<void> }[]): Promise<void> {
  await Promise.all(parts.map(async (part) => part.settled()));
}

function openQueues(
  { config: { createsAtOnce }, clock }: BotContext,
  { tasks: store, share }: Stores,
  shared: ReturnType<typeof sharedState>,
): { readonly queues: ProviderQueues; readonly liveState: LiveTaskState } {
  const places = (): number => share.placesOf(createsAtOnce);
  const queues = shareBusy(createProviderQueues(clock, places), share, clock);
  share.useFit(fitsPlaces(queues, createsAtOnce));
  return { queues, liveState: createLiveTaskState({ ...shared, store, queues }) };
}

interface ProgressParts extends Pick<EngineDeps, 'invalid' | 'lateEdits'> {
  readonly messages: MessagePort;
  readonly liveState: LiveTaskState;
}

function openProgress(
  context: BotContext,
  { liveState, invalid, ...edits }: ProgressParts,
): ProgressEditor {
  const loadView: LiveTaskState['loadView'] = async (taskId) => liveState.loadView(taskId);
  const { clock, log, ownership } = context;
  const base = { clock, log, ownership, ...edits };
  return createProgressEditor({ ...base, loadView, ...editLimits(context, invalid) });
}

function editLimits(
  { config: { progressEditMs: editEveryMs } }: BotContext,
  invalid: InvalidRequests,
) {
  return { editEveryMs, refusalsLeft: () => invalid.left() };
}

/** The messages of tasks, with these buttons. */
function openMessages(
  { counts, catalogue }: BotContext,
  rests: RestClients,
  buttons: ButtonFacts,
): MessagePort {
  return meterMessages(createMessagePort(rests, catalogue, buttons), counts);
}

interface OutsideParts extends Pick<EngineDeps, 'rests' | 'outbound'> {
  readonly signal: AbortSignal;
}

/** A create that needs a clip's last frame waits for it, in milliseconds. */
const FIND_CLIP_MS = 10_000;

/** The providers, their libraries, and the downloads of their results. */
function openOutside(
  context: BotContext,
  stores: Stores,
  { rests, outbound, signal }: OutsideParts,
) {
  const findClip = createFindClip(rests, FIND_CLIP_MS);
  const media = openMedia(context, stores, { outbound, findClip });
  const opened = openProviders(context, media, outbound);
  const providers = meterProviders(opened, context.counts);
  const library = openLibrary(context, stores, { ...media, providers, signal });
  return { ...media, providers, library, assets: library.assets };
}

/** What commands use of a video's media. */
function mediaOf({ lastFrames, reuseMedia, clips }: Media) {
  return { lastFrames, reuseMedia, clips };
}

function openUnstartedCalls(
  shared: ReturnType<typeof sharedState>,
  stores: Stores,
  messages: MessagePort,
  { sends }: Stops,
): UnstartedCalls {
  const ports = { ...stores, ...shared, store: stores.tasks, messages };
  return createUnstartedCalls({ ...ports, random: Math.random, stopping: sends.signal });
}

/** What use cases and the worker look at alike. */
function sharedState(
  { clock, log, ownership, sharing, catalogue }: BotContext,
  { share, hadCompany: mayLackRoutes }: Pick<Stores, 'share' | 'hadCompany'>,
) {
  const pauses = createProviderPauses(clock, log, share);
  const { lateAnswers } = sharing;
  const routes = { catalogue, mayLackRoutes };
  return { clock, log, pauses, ownership, lateAnswers, active: createActiveTasks(), ...routes };
}

/** What decides about a request, beside the settings. */
function rulesOf({ priceList }: Config) {
  return { calendar: createCalendar(), priceList, newTaskId: createTaskIds(Math.random) };
}

function policyOf({ taskTimeoutMs }: Config, { polls, sends }: Stops) {
  return {
    policy: { ...DEFAULT_TASK_POLICY, taskTimeoutMs },
    random: Math.random,
    signals: { polls: polls.signal, sends: sends.signal },
  };
}

/** The part of the worker that use cases may use. */
function handingOverTo(worker: Worker) {
  return {
    betweenSteps: worker.betweenSteps,
    handOver: (task: Task): void => {
      worker.add(task);
    },
  };
}

/** What a stop aborts immediately and what at the very end. */
function abortsOf({ polls, sends }: Stops, progress: ProgressEditor): TaskEngine['cut'] {
  return {
    polls() {
      polls.abort();
      progress.stop();
    },
    sends() {
      sends.abort();
      progress.cut();
    },
  };
}

/** Loads the durations that earlier processes recorded. */
async function openDurations(
  { config, clock, log, catalogue }: BotContext,
  { records, hadCompany: isShared }: Stores,
): Promise<DurationStore> {
  const bounds = { minMs: config.pollMinMs, maxMs: config.pollMaxMs };
  const durations = createDurationStore({ catalogue, records, clock, log, bounds, isShared });
  await durations.load();
  return durations;
}
