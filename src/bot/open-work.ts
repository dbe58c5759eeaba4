import { createActiveTasks } from '../app/active-tasks.ts';
import type { ActiveTasks } from '../app/active-tasks.ts';
import { createAcceptVideo } from '../app/accept-video.ts';
import type { AcceptVideo } from '../app/accept-video.ts';
import { createCalendar } from '../app/calendar.ts';
import { createDurationBook } from '../app/duration-book.ts';
import type { DurationBook } from '../app/duration-book.ts';
import { createHoldDesk } from '../app/hold-desk.ts';
import type { HoldDesk } from '../app/hold-desk.ts';
import { createNotices } from '../app/notices.ts';
import type { Notices } from '../app/notices.ts';
import { createProviderPauses } from '../app/provider-pauses.ts';
import type { ProviderPauses } from '../app/provider-pauses.ts';
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
import type { Standing } from '../worker/standing.ts';
import { createWorker } from '../worker/worker.ts';
import type { Worker } from '../worker/worker.ts';
import { openMedia } from './open-media.ts';
import { openProviders } from './open-providers.ts';
import type { Books } from './open-store.ts';
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
  const look: Standing['look'] = async (taskId) => standing.look(taskId);
  const { progressEditMs: editEveryMs } = config;
  const progress = createProgressEditor({ messages, look, clock, log, editEveryMs });
  const posts = createChannelPosts(rests);
  const notices = createNotices({ ...books, port: posts, clock, log });
  const { video: videos, files } = openMedia(config, resources);
  const providers = meterProviders(openProviders(config, resources), counts);
  const worker = createWorker({
    ...shared,
    store: books.tasks,
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
  const desk = {
    ...shared,
    store: books.tasks,
    begin: (task: Task): void => {
      worker.add(task);
    },
  };
  const { priceList } = config;
  const rules = { calendar: createCalendar(), priceList, routesOn };
  const acceptVideo = createAcceptVideo({ ...books, ...config, ...desk, ...rules });
  return {
    worker,
    routesOn,
    acceptVideo: meterAcceptVideo(acceptVideo, counts, clock),
    holds: createHoldDesk(desk),
    notices,
    state: shared,
    async takeUp() {
      const unfinished = await worker.start();
      await removeUnowned(files, unfinished, parts);
      if (unfinished.size > 0) log.info({ tasks: unfinished.size }, 'unfinished tasks taken up');
    },
    cut: cutsOf(stops, progress),
  };
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
