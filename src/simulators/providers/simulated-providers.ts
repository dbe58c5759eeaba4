import { randomBytes } from 'node:crypto';

import { clipSize } from './render/clip-size.ts';
import { createRenderer } from './render/render-clip.ts';
import { tinyClip } from './render/tiny-clip.ts';
import { createAnyfastDialect } from './anyfast/dialect.ts';
import type { Dialect } from './dialect.ts';
import type { FetchMedia } from './fetch-media.ts';
import { fetchMedia } from './fetch-media.ts';
import { createJimmyDialect } from './jimmy/dialect.ts';
import type { ProviderKnobs } from './knob.ts';
import { createProviderKnobs } from './knob.ts';
import type { ProviderServer } from './provider-server.ts';
import { startProviderServer } from './provider-server.ts';
import type { ProviderName, RecordedRequest } from './recorded-request.ts';
import type { SimulatedTask } from './simulated-task.ts';
import type { TaskBookDeps } from './task-book.ts';

/** A hook that a test may set and take away at any time. */
interface ProviderHooks {
  /**
   * Runs for every request once it is recorded and its effect is done (a create's task exists), before a byte is
   * answered: the instant at which to kill the client. The answer waits for it.
   */
  beforeAnswer?: ((request: RecordedRequest) => Promise<void> | void) | undefined;
}

/** One provider: what the bot is configured with, and a switch for its line. */
type SimulatedProvider = ProviderServer & { readonly key: string };

export interface SimulatedProviders {
  readonly jimmy: SimulatedProvider;
  readonly anyfast: SimulatedProvider;
  /** Every request to either, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Every accepted create, oldest first. */
  readonly tasks: readonly SimulatedTask[];
  readonly knobs: Readonly<Record<ProviderName, ProviderKnobs>>;
  readonly hooks: ProviderHooks;
  /** How many creates were accepted, whatever was answered. */
  readonly acceptedCreates: (provider?: ProviderName) => number;
  /** Cuts every connection and stops drawing. */
  readonly close: () => Promise<void>;
}

export interface SimulatedProvidersOptions {
  /** How long a task takes, in milliseconds; also a knob. */
  readonly taskMs?: number;
  /** Tiny clips drawn at once, for tests; with `taskMs` 0 the first query finds the task finished. */
  readonly quick?: boolean;
  readonly hooks?: ProviderHooks;
  readonly keys?: Readonly<Record<ProviderName, string>>;
  /** How inputs are fetched; http(s) unless said otherwise. */
  readonly fetchMedia?: FetchMedia;
  /** How long an input may take, in milliseconds. */
  readonly mediaTimeoutMs?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** How many requests and tasks, with their files, are remembered. Default: all of them. */
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
  const knobs = { jimmy: createProviderKnobs(taskMs), anyfast: createProviderKnobs(taskMs) };
  const renderer = createRenderer();
  const drawing: TaskBookDeps = {
    draw: quick ? ({ prompt }) => tinyClip(prompt) : renderer.render,
    // A tiny clip stands for one of the size that was asked for.
    sizeOf: quick ? () => undefined : clipSize,
    fetchMedia: options.fetchMedia ?? fetchMedia,
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
    knobs,
    hooks,
    acceptedCreates: (provider) =>
      tasks.filter((task) => provider === undefined || task.provider === provider).length,
    close: async () => {
      await Promise.all([jimmy.down(), anyfast.down(), renderer.close()]);
    },
  };
}
