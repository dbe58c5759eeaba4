import { randomBytes } from 'node:crypto';

import { clipSize } from './render/clip-size.ts';
import { createRenderer } from './render/render-clip.ts';
import { tinyClip } from './render/tiny-clip.ts';
import { createAnyfastDialect } from './anyfast/dialect.ts';
import type { Dialect } from './dialect.ts';
import type { FetchMedia } from './fetch-media.ts';
import { fetchMedia, fromLibraries } from './fetch-media.ts';
import { createJimmyDialect } from './jimmy/dialect.ts';
import type { SimulatedAsset } from './library/simulated-asset.ts';
import type { ProviderKnobs } from './knob.ts';
import { createProviderKnobs } from './knob.ts';
import type { ProviderServer } from './provider-server.ts';
import { startProviderServer } from './provider-server.ts';
import type { ProviderName, RecordedRequest } from './recorded-request.ts';
import type { SimulatedTask } from './simulated-task.ts';
import type { TaskDeps } from './run-task.ts';

/** Hooks that a test may set and remove at any time. */
interface ProviderHooks {
  /**
   * Runs for every request after it is recorded and has taken effect (a create's task exists), but
   * before any byte of the answer: the moment to kill the client. The answer waits for it.
   */
  beforeAnswer?: ((request: RecordedRequest) => Promise<void> | void) | undefined;
}

/** One provider: its URL and key for the client, and a switch for its network. */
type SimulatedProvider = ProviderServer & { readonly key: string };

/** The running simulated providers. */
export interface SimulatedProviders {
  readonly jimmy: SimulatedProvider;
  readonly anyfast: SimulatedProvider;
  /** All requests to both providers, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** All accepted creates, oldest first. */
  readonly tasks: readonly SimulatedTask[];
  /** Everything that was put into a library, oldest first. */
  readonly assets: readonly SimulatedAsset[];
  readonly knobs: Readonly<Record<ProviderName, ProviderKnobs>>;
  readonly hooks: ProviderHooks;
  /** The number of accepted creates, whatever was answered. */
  readonly acceptedCreates: (provider?: ProviderName) => number;
  /** Closes all connections and stops drawing. */
  readonly close: () => Promise<void>;
}

/** Options of the simulated providers. */
export interface SimulatedProvidersOptions {
  /** How long a task takes, in milliseconds; also a knob. */
  readonly taskMs?: number;
  /** Draws tiny clips immediately, for tests. With `taskMs` 0 the first query finds the task finished. */
  readonly quick?: boolean;
  readonly hooks?: ProviderHooks;
  readonly keys?: Readonly<Record<ProviderName, string>>;
  /** How inputs are fetched; by default over http(s). */
  readonly fetchMedia?: FetchMedia;
  /** The timeout of fetching an input, in milliseconds. */
  readonly mediaTimeoutMs?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** The maximum number of requests and of tasks with their files to keep. By default all are kept. */
  readonly keepNewest?: number;
}

const DEFAULT_KEYS = { jimmy: 'sk_sandbox_jimmy', anyfast: 'sk-sandbox-anyfast' };

function newId(): string {
  return randomBytes(8).toString('hex');
}

/** Starts Jimmy AI and AnyFast as their documents describe them, each on its own port of 127.0.0.1. */
export async function startSimulatedProviders(
  options: SimulatedProvidersOptions = {},
): Promise<SimulatedProviders> {
  const { taskMs = 6000, quick = false, hooks = {}, keys = DEFAULT_KEYS } = options;
  const requests: RecordedRequest[] = [];
  const tasks: SimulatedTask[] = [];
  const assets: SimulatedAsset[] = [];
  const knobs = { jimmy: createProviderKnobs(taskMs), anyfast: createProviderKnobs(taskMs) };
  const renderer = createRenderer();
  const drawing: TaskDeps = {
    draw: quick ? (_request, taskId) => tinyClip(taskId) : renderer.render,
    // A tiny clip represents one of the requested size.
    sizeOf: quick ? () => undefined : clipSize,
    fetchMedia: fromLibraries(assets, options.fetchMedia ?? fetchMedia),
    mediaTimeoutMs: options.mediaTimeoutMs ?? 10_000,
    now: options.now ?? Date.now,
  };
  const start = async (dialect: Dialect): Promise<SimulatedProvider> => {
    const key = keys[dialect.name];
    const server = await startProviderServer({
      ...drawing,
      dialect,
      key,
      knobs: knobs[dialect.name],
      requests,
      tasks,
      assets,
      uploads: new Map(),
      beforeAnswer: (request) => hooks.beforeAnswer?.(request),
      waitForFile: quick,
      keepNewest: options.keepNewest ?? Infinity,
    });
    return { ...server, key };
  };
  const [jimmy, anyfast] = await Promise.all([
    start(createJimmyDialect(newId)),
    start(createAnyfastDialect(newId)),
  ]);
  return {
    jimmy,
    anyfast,
    requests,
    tasks,
    assets,
    knobs,
    hooks,
    acceptedCreates: (provider) =>
      tasks.filter((task) => provider === undefined || task.provider === provider).length,
    close: async () => {
      await Promise.all([jimmy.down(), anyfast.down(), renderer.close()]);
    },
  };
}
