import { ALL_SLOTS } from '../../src/domain/slots.ts';
import { NO_LATE_ANSWERS } from '../../src/app/ports/late-answers-port.ts';
import { NO_LATE_EDITS } from '../../src/app/ports/late-edits-port.ts';
import { OWNS_ALL } from '../../src/app/owns-all.ts';
import type { ProviderPort } from '../../src/app/ports/provider-port.ts';
import type { ReadLength } from '../../src/app/ports/reference-lengths-port.ts';
import { createDurationStore } from '../../src/store/durations/duration-store.ts';
import { createGuildSettingsStore } from '../../src/store/guilds/guild-settings-store.ts';
import { createNextRoute } from '../../src/app/next-route.ts';
import type { Budgets } from '../../src/domain/ledger/budget.ts';
import type { PriceList } from '../../src/domain/ledger/price-list.ts';
import { createActiveTasks } from '../../src/app/active-tasks.ts';
import { createProviderPauses } from '../../src/app/provider-pauses.ts';
import { routesOf } from '../../src/domain/routes/catalogue.ts';
import { DEFAULT_TASK_POLICY } from '../../src/domain/tasks/policy.ts';
import type { Task } from '../../src/domain/tasks/task.ts';
import { withDrafts } from '../../src/store/tasks/drafting-store.ts';
import { createProgressEditor } from '../../src/worker/progress-editor.ts';
import { createProviderQueues } from '../../src/worker/scheduling/provider-queues.ts';
import { createLiveTaskState } from '../../src/worker/live-task-state.ts';
import type { WorkerDeps } from '../../src/worker/worker-deps.ts';
import { createWorker } from '../../src/worker/worker.ts';
import { fakeClock, settle } from './clock.ts';
import { recordingLog } from './log.ts';
import { memoryAttempts } from './memory-attempts.ts';
import { memoryChannel } from './memory-channel.ts';
import { memoryRecords } from './memory-records.ts';
import { memoryTasks } from './memory-tasks.ts';
import { memoryVideo } from './memory-video.ts';
import { scriptedProvider } from './scripted-provider.ts';
import type { SmallerCopy } from '../../src/app/ports/delivered-clips-port.ts';
import { createHash } from 'node:crypto';
import { createAssetCleaner } from '../../src/app/library/asset-cleaner.ts';
import { createAssetDesk } from '../../src/app/library/asset-desk.ts';
import { createMediumSource } from '../../src/app/library/medium-source.ts';
import { createTaskAssets } from '../../src/app/library/task-assets.ts';
import type { TaskStore } from '../../src/app/ports/core.ts';
import { catalogueOf } from '../../src/providers/catalogue-of.ts';
import { PROVIDERS } from '../../src/providers/registry.ts';
import { createAssetRegistry } from '../../src/store/library/asset-registry.ts';
import { scriptedLibrary } from './scripted-library.ts';

/** The Full routes take media by the library. */
const WITH_LIBRARY = catalogueOf(PROVIDERS, { jimmy: { libraries: ['full'] } });

/** Everything that outlives a process: the disk, Discord, the provider, time. */
export function workerWorld(...tasks: readonly Task[]) {
  const clock = fakeClock();
  return {
    clock,
    tasks: memoryTasks(...tasks),
    channel: memoryChannel(clock),
    provider: scriptedProvider(),
    /** The second provider, which is off unless a test says so. */
    other: scriptedProvider(),
    isOtherOn: false,
    /** Whether other processes on the store may know more routes. */
    mayLackRoutes: false,
    /** What the choice of a next route goes by; without prices and budgets unless a test sets them. */
    money: { priceList: undefined, budgets: {} } as {
      priceList: PriceList | undefined;
      budgets: Budgets;
    },
    /** How many creates of a provider a process may have in flight. */
    places: { now: 8 },
    library: scriptedLibrary(),
    /** Bounds of the time between two looks at an asset. */
    looks: { minMs: 1000, maxMs: 60_000 },
    /** What is known of media in libraries. */
    assets: memoryRecords(),
    video: memoryVideo(),
    /** What files say of their lengths, by address; others are unreadable. */
    lengths: new Map<string, ReadLength>(),
    log: recordingLog(),
    /** The lines beside the store. */
    attempts: memoryAttempts(),
    guilds: createGuildSettingsStore({ records: memoryRecords(), clock, log: recordingLog() }),
    /** What the admins and the caller were notified beside the message, a word each. */
    notified: new Array<string>(),
    /** What was asked for where clips were too large. */
    smaller: new Array<SmallerCopy>(),
    /** The tasks whose clips were handed over once they had ended. */
    clips: new Array<{ readonly how: 'delivered' | 'linked'; readonly id: string }>(),
  };
}
export type WorkerWorld = ReturnType<typeof workerWorld>;

/** Called around every effect of a process on the world, `store.save` say. */
export type Guard = <T>(
  name: string,
  effect: () => Promise<T>,
  given: readonly unknown[],
) => Promise<T>;

const ALONE = {
  ownership: OWNS_ALL,
  lateAnswers: NO_LATE_ANSWERS,
  lateEdits: NO_LATE_EDITS,
};

const through: Guard = async (_name, effect) => effect();

/** One process in that world: the worker's dependencies, each effect through the guard. */
export function processIn(
  world: WorkerWorld,
  guard: Guard = through,
  sharing: Pick<WorkerDeps, 'ownership' | 'lateAnswers' | 'lateEdits'> = ALONE,
) {
  const { clock, log, tasks, channel, video, clips, smaller } = world;
  const polls = new AbortController();
  const sends = new AbortController();
  const messages = guarded(channel.port, 'discord', guard, [
    'editByToken',
    'editInChannel',
    'post',
  ]);
  const providers = new Map<string, ProviderPort>([
    [
      'jimmy',
      guarded(world.provider.port, 'provider', guard, ['giveCopies', 'create', 'query', 'cancel']),
    ],
  ]);
  if (world.isOtherOn) {
    providers.set(
      'anyfast',
      guarded(world.other.port, 'other', guard, ['giveCopies', 'create', 'query']),
    );
  }
  const stored = guarded(tasks.port, 'store', guard, [
    'create',
    'save',
    'end',
    'get',
    'openIds',
    'loadOpen',
    'reopen',
    'heldIds',
    'visitSince',
  ]);
  const store = withDrafts(stored, { clock, log });
  const pauses = createProviderPauses(clock, log);
  const queues = createProviderQueues(clock, () => world.places.now);
  const liveState = createLiveTaskState({ store, queues, pauses, clock });
  const progress = createProgressEditor({
    messages,
    loadView: async (taskId) => liveState.loadView(taskId),
    clock,
    log,
    editEveryMs: 5000,
    ...sharing,
    refusalsLeft: () => Infinity,
  });
  const library = libraryIn(world, { guard, store, providers, signal: sends.signal });
  const durations = createDurationStore({
    catalogue: WITH_LIBRARY,
    records: memoryRecords(),
    clock,
    log,
    bounds: { minMs: 1000, maxMs: 60_000 },
    isShared: () => false,
  });
  const { guilds, money } = world;
  const deps: WorkerDeps = {
    assets: library.assets,
    active: createActiveTasks(),
    catalogue: WITH_LIBRARY,
    nextRoute: createNextRoute({
      ...money,
      routesOn: routesOf(WITH_LIBRARY, new Set(providers.keys())),
      guilds,
      pauses,
      busyForMs: (provider) => queues.busyForMs(provider),
      durations,
      log,
    }),
    mayLackRoutes: () => world.mayLackRoutes,
    ...sharing,
    durations,
    after: afterIn(world),
    store,
    attempts: guarded(world.attempts, 'attempts', guard, ['attempt']),
    providers,
    pauses,
    queues,
    liveState,
    messages,
    progress,
    lengths: {
      lengthOf: async ({ url }) => world.lengths.get(url) ?? { kind: 'unreadable' },
    },
    clips: {
      async delivered({ id }) {
        clips.push({ how: 'delivered', id });
      },
      linked({ id }, copy) {
        clips.push({ how: 'linked', id });
        smaller.push(copy);
      },
    },
    video: guarded(video.port, 'video', guard, ['fetch', 'moveOut', 'discard']),
    clock,
    log,
    policy: DEFAULT_TASK_POLICY,
    random: () => 0.5,
    signals: { polls: polls.signal, sends: sends.signal },
  };
  return { deps, library, providers, progress, polls, sends };
}

/** The use of libraries in that world, each effect through the guard. */
function libraryIn(
  { assets, library, clock, log, looks: bounds }: WorkerWorld,
  {
    guard,
    store,
    providers,
    signal,
  }: {
    readonly guard: Guard;
    readonly store: TaskStore;
    readonly providers: ReadonlyMap<string, ProviderPort>;
    readonly signal: AbortSignal;
  },
) {
  const records = guarded(assets, 'assets', guard, ['get', 'write', 'remove']);
  const registry = createAssetRegistry({ records, clock, log });
  const port = guarded(library.port, 'library', guard, ['upload', 'look', 'find', 'delete']);
  const libraries = new Map([[port.id, port]]);
  const shared = { registry, libraries, ownership: OWNS_ALL, clock, log, signal };
  let names = library.uploads.length;
  const newName = (): string => {
    names += 1;
    return `n-${names}`;
  };
  const desk = createAssetDesk({ ...shared, newName, bounds, random: () => 0.5 });
  const retentionMs = 30 * 86_400_000;
  const cleaner = createAssetCleaner({ ...shared, desk, tasks: store, retentionMs });
  return {
    registry,
    desk,
    cleaner,
    assets: createTaskAssets({
      ...shared,
      desk,
      cleaner,
      // The name of a file stands for its content.
      hashOf: async (_task, { medium: { url, copy } }) =>
        url === 'https://cdn.test/gone'
          ? { kind: 'gone' }
          : {
              kind: 'known',
              sha256: copy?.sha256 ?? createHash('sha256').update(url).digest('hex'),
            },
      sourceOf: createMediumSource({ providers, takeRoom: () => () => undefined }),
    }),
  };
}

function afterIn({ guilds, log, notified }: WorkerWorld): WorkerDeps['after'] {
  return {
    guilds,
    log,
    finishPing: {
      async ping({ memberId }) {
        notified.push(`finished ${memberId}`);
      },
    },
    gallery: {
      delivered({ id }, hasSmaller) {
        notified.push(`delivered ${id}${hasSmaller === true ? ' smaller' : ''}`);
      },
    },
    notices: {
      async held({ id }) {
        notified.push(`held ${id}`);
      },
      async otherModel({ id }, named) {
        notified.push(`other model ${id} ${named}`);
      },
      async lostAccess({ id }) {
        notified.push(`lost access ${id}`);
      },
      async providerPaused(_guildId, { provider, category }) {
        notified.push(`paused ${provider} ${category}`);
      },
    },
  };
}

/** The port with these methods going through the guard. */
function guarded<P extends object>(
  port: P,
  title: string,
  guard: Guard,
  names: readonly (keyof P & string)[],
): P {
  return new Proxy(port, {
    get(target, name): unknown {
      const field: unknown = Reflect.get(target, name);
      if (typeof field !== 'function' || !names.some((known) => known === name)) return field;
      return async (...given: unknown[]): Promise<unknown> =>
        guard(
          `${title}.${String(name)}`,
          async (): Promise<unknown> => Reflect.apply(field, target, given),
          given,
        );
    },
  });
}

/** The worker insists on some writes by real time: a moment of it, bounded by the loop around. */
async function realPause(): Promise<void> {
  await new Promise<void>((resolve) => {
    setTimeout(resolve, 5);
  });
}

export interface WorkOptions {
  readonly guard?: Guard;
  /** True once nothing of this process goes on any more. */
  readonly isDead?: () => boolean;
  /** Waits for this first, where a step waits for real time. */
  readonly until?: () => boolean;
  /** Timers to let pass at most; a worker with nothing to do sets none. */
  readonly maxTimers?: number;
}

/** The life of one worker over that world: until nothing is left to do, or its process is dead. */
export async function work(world: WorkerWorld, options: WorkOptions = {}): Promise<void> {
  const { guard, isDead = () => false, maxTimers = 400, until = () => true } = options;
  const process = processIn(world, guard);
  const worker = createWorker(process.deps);
  void worker.resume(ALL_SLOTS);
  for (let timers = 0; timers < maxTimers && !isDead(); timers += 1) {
    const isGoingOn = await world.clock.advanceToNextTimer();
    if (!isGoingOn && until()) break;
    if (!isGoingOn) await realPause();
  }
  await settle();
  // What is left of a dead process sets no timers.
  process.polls.abort();
  process.sends.abort();
  process.progress.stop();
  if (!isDead()) await worker.stop();
}
