import { createActiveTasks } from '../app/active-tasks.ts';
import type { ActiveTasks } from '../app/active-tasks.ts';
import { createAcceptVideo } from '../app/accept-video.ts';
import type { AcceptVideo } from '../app/accept-video.ts';
import { createCalendar } from '../app/calendar.ts';
import { createDurationBook } from '../app/duration-book.ts';
import type { DurationBook } from '../app/duration-book.ts';
import { createHoldDesk } from '../app/hold-desk.ts';
import type { HoldDesk } from '../app/hold-desk.ts';
import { keepAskingLate } from '../app/late-asks.ts';
import { createNotices } from '../app/notices.ts';
import type { Notices } from '../app/notices.ts';
import type { Passes } from '../app/passes.ts';
import { createProviderPauses } from '../app/provider-pauses.ts';
import type { ProviderPauses } from '../app/provider-pauses.ts';
import { judgeStore } from '../app/restored-store.ts';
import { createStopSignal } from '../app/stop-signal.ts';
import { createChannelPosts } from '../discord/channel-posts.ts';
import { createMessagePort } from '../discord/message-port.ts';
import type { VideoFiles } from '../media/file-space.ts';
import type { RestClients } from '../discord/rest-clients.ts';
import { routesOf } from '../domain/routes/catalogue.ts';
import type { Route } from '../domain/routes/route.ts';
import type { Task } from '../domain/tasks/task.ts';
import { DEFAULT_TASK_POLICY } from '../domain/tasks/policy.ts';
import { meterAcceptVideo, meterMessages, meterProviders } from '../metrics/metered.ts';
import { createProgressEditor } from '../worker/progress-editor.ts';
import type { ProgressEditor } from '../worker/progress-editor.ts';
import { createProviderQueues } from '../worker/provider-queues.ts';
import { createStanding } from '../worker/standing.ts';
import { createWorker } from '../worker/worker.ts';
import type { Worker } from '../worker/worker.ts';
import { openMedia } from './open-media.ts';
import { openProviders } from './open-providers.ts';
import type { Books } from './open-store.ts';
import { bestTime } from './parts.ts';
import type { Parts } from './parts.ts';

export interface Work {
  readonly worker: Worker;
  readonly routesOn: readonly Route[];
  readonly acceptVideo: AcceptVideo;
  readonly holds: HoldDesk;
  readonly notices: Notices;
  readonly state: { readonly active: ActiveTasks; readonly pauses: ProviderPauses };
  /** Goes on with what an earlier process left; before Discord is even reached. */
  takeUp(): Promise<void>;
  /** Asks about tasks that were given up, until it is stopped: before the worker is. */
  keepAskingLate(): Passes;
  readonly cut: { looks(): void; sends(): void };
}

interface Stops {
  readonly looks: AbortController;
  readonly sends: AbortController;
}

/** Everything that drives tasks; nothing moves before `takeUp`. */
export async function openWork(parts: Parts, books: Books, rests: RestClients): Promise<Work> {
  const { config, log, resources, counts, clock } = parts;
  const stops: Stops = { looks: createStopSignal(), sends: createStopSignal() };
  const messages = meterMessages(createMessagePort(rests), counts);
  const pauses = createProviderPauses(clock, log);
  const shared = { clock, log, pauses, active: createActiveTasks() };
  const queues = createProviderQueues(clock);
  const standing = createStanding({ ...shared, store: books.tasks, queues });
  const progress = createProgressEditor({
    ...shared,
    messages,
    look: async (taskId) => standing.look(taskId),
    editEveryMs: config.progressEditMs,
  });
  const posts = createChannelPosts(rests);
  const notices = createNotices({ ...books, port: posts, clock, log });
  const { video: videos, files } = openMedia(config, resources);
  const providers = meterProviders(openProviders(parts), counts);
  const worker = createWorker({
    ...shared,
    store: books.tasks,
    attempts: books.lines,
    queues,
    standing,
    providers,
    messages,
    progress,
    after: { notices, guilds: books.guilds, finishPing: posts, log },
    video: videos,
    durations: await openDurations(parts, books),
    policy: { ...DEFAULT_TASK_POLICY, taskTimeoutMs: config.taskTimeoutMs },
    random: Math.random,
    signals: { polls: stops.looks.signal, sends: stops.sends.signal },
  });
  parts.metrics?.watch({ ...shared, ...books, ...config });
  const routesOn = routesOf(new Set(providers.keys()));
  const { priceList, taskTimeoutMs } = config;
  const desk = { ...shared, ...handingOverTo(worker), store: books.tasks };
  const rules = { calendar: createCalendar(), priceList, routesOn };
  const acceptVideo = createAcceptVideo({ ...books, ...config, ...desk, ...rules });
  const holds = createHoldDesk({ ...desk, currency: priceList?.currency });
  return {
    worker,
    routesOn,
    acceptVideo: meterAcceptVideo(acceptVideo, counts, clock),
    holds,
    notices,
    state: shared,
    async takeUp() {
      await judgeRestored(parts, books, notices);
      const unfinished = await worker.start();
      await removeUnowned(files, unfinished, parts);
      if (unfinished.size > 0) log.info({ tasks: unfinished.size }, 'unfinished tasks taken up');
    },
    keepAskingLate: () => keepAskingLate({ ...desk, holds, providers, taskTimeoutMs }),
    cut: cutsOf(stops, progress),
  };
}

/** How use cases give tasks to the worker. */
function handingOverTo(worker: Worker) {
  return {
    betweenSteps: worker.betweenSteps,
    begin: (task: Task): void => {
      worker.add(task);
    },
  };
}

/** Holds what a restored store may have sent. Admins are told of each hold; nobody waits for it. */
async function judgeRestored(parts: Parts, books: Books, notices: Notices): Promise<void> {
  const { clock } = parts;
  await judgeStore({
    ...books,
    store: books.tasks,
    clock: {
      ...bestTime(parts),
      isKnown: () => clock.isKnown(),
      onceKnown(then) {
        clock.onceKnown(then);
      },
    },
    log: parts.log,
    onHeld(before, after) {
      if (after.money.state === 'held' && before.money.state !== 'held') void notices.held(after);
    },
  });
}

/** The videos of no task: nothing is deleted before the time is known. */
async function removeUnowned(
  files: VideoFiles,
  unfinished: ReadonlySet<string>,
  { clock, log }: Parts,
): Promise<void> {
  const unowned = await files.findUnowned(unfinished);
  clock.onceKnown(() => {
    files.removeFound(unowned).catch((cause: unknown) => {
      log.warn({ err: cause }, 'files of no task could not be removed');
    });
  });
}

/** What a stop cuts, at once and at the very end. */
function cutsOf({ looks, sends }: Stops, progress: ProgressEditor): Work['cut'] {
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

/** What earlier processes learnt of how long tasks take, ready to be asked. */
async function openDurations(
  { config, clock, log }: Parts,
  { records }: Books,
): Promise<DurationBook> {
  const bounds = { minMs: config.pollMinMs, maxMs: config.pollMaxMs };
  const durations = createDurationBook({ records, clock, log, bounds });
  await durations.load();
  return durations;
}
