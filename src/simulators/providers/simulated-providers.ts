import { clipSize } from './render/clip-size.ts';
import { createRenderer } from './render/render-clip.ts';
import { tinyClip } from './render/tiny-clip.ts';
import { DIALECTS, forEachProvider } from './dialects.ts';
import type { ProviderName } from './dialects.ts';
import type { FetchMedia } from './fetch-media.ts';
import { fetchMedia, fromLibraries } from './fetch-media.ts';
import type { ProviderKnobs } from './knob.ts';
import { createProviderKnobs } from './knob.ts';
import type { TaskDeps } from './run-task.ts';
import { simulateProvider } from './simulate-provider.ts';
import type { Upload } from './upload.ts';
import type { ProviderHooks, ProviderRecords, SimulatedProvider } from './simulate-provider.ts';

/** The running simulated providers, each by its name, and what was sent to all of them. */
export type SimulatedProviders = Readonly<Record<ProviderName, SimulatedProvider>> & {
  readonly [Kind in keyof ProviderRecords]: readonly ProviderRecords[Kind][number][];
} & {
  readonly knobs: Readonly<Record<ProviderName, ProviderKnobs>>;
  readonly hooks: ProviderHooks;
  /** The files that clients uploaded, by the last part of their address. */
  readonly uploads: ReadonlyMap<string, Upload>;
  /** The number of accepted creates, whatever was answered. */
  readonly acceptedCreates: (provider?: ProviderName) => number;
  /** Closes all connections and stops drawing. */
  readonly close: () => Promise<void>;
};

/** Options of the simulated providers. */
export interface SimulatedProvidersOptions {
  /** How long a task takes, in milliseconds; also a knob. */
  readonly taskMs?: number;
  /** Draws tiny clips immediately, for tests. With `taskMs` 0 the first query finds the task finished. */
  readonly quick?: boolean;
  readonly hooks?: ProviderHooks;
  /** The keys that they accept, by provider. */
  readonly keys?: Readonly<Record<ProviderName, string>>;
  /** How inputs are fetched; by default over http(s). */
  readonly fetchMedia?: FetchMedia;
  /** The timeout of fetching an input, in milliseconds. */
  readonly mediaTimeoutMs?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** What clients read that it is, where a list says when tasks were made; by default `now`. */
  readonly reportedNow?: () => number;
  /** The maximum number of requests and of tasks with their files to keep. By default all are kept. */
  readonly keepNewest?: number;
}

const DEFAULT_KEYS = forEachProvider((name) => `sk_sandbox_${name}`);

/** Starts all providers as their documents describe them, each on its own port of 127.0.0.1. */
export async function startSimulatedProviders(
  options: SimulatedProvidersOptions = {},
): Promise<SimulatedProviders> {
  const { taskMs = 6000, quick = false, hooks = {}, keys = DEFAULT_KEYS } = options;
  const records: ProviderRecords = { requests: [], tasks: [], assets: [] };
  const uploads = new Map<string, Upload>();
  const knobs = forEachProvider(() => createProviderKnobs(taskMs));
  const renderer = createRenderer();
  const drawing: TaskDeps = {
    draw: quick ? (_request, taskId) => tinyClip(taskId) : renderer.render,
    drawFrame: quick ? undefined : (request) => renderer.render({ ...request, isStill: true }),
    // A tiny clip represents one of the requested size.
    sizeOf: quick ? () => undefined : clipSize,
    fetchMedia: fromLibraries(records.assets, options.fetchMedia ?? fetchMedia),
    mediaTimeoutMs: options.mediaTimeoutMs ?? 10_000,
    now: options.now ?? Date.now,
    reportedNow: options.reportedNow,
  };
  const starting = forEachProvider(async (name) =>
    simulateProvider(DIALECTS[name], {
      ...drawing,
      key: keys[name],
      knobs: knobs[name],
      records,
      hooks,
      uploads,
      waitForFile: quick,
      keepNewest: options.keepNewest ?? Infinity,
    }),
  );
  const [jimmy, anyfast, ark, openrouter, gpu] = await Promise.all([
    starting.jimmy,
    starting.anyfast,
    starting.ark,
    starting.openrouter,
    starting.gpu,
  ]);
  const servers = { jimmy, anyfast, ark, openrouter, gpu };
  return {
    ...servers,
    ...records,
    knobs,
    hooks,
    uploads,
    acceptedCreates: (provider) =>
      records.tasks.filter((task) => provider === undefined || task.provider === provider).length,
    close: async () => {
      await Promise.all([...Object.values(servers).map(({ down }) => down()), renderer.close()]);
    },
  };
}
