import { memoryMedia } from '../../fakes/memory-media.ts';
import type { MemoryMedia } from '../../fakes/memory-media.ts';
import type { Route } from '../../../src/domain/routes/route.ts';
import type { Submission } from '../../../src/domain/routes/submission.ts';
import { createProvider } from '../../../src/providers/create-provider.ts';
import type { HttpLimits } from '../../../src/providers/http-json.ts';
import { catalogueOf } from '../../../src/providers/catalogue-of.ts';
import type { Dialect } from '../../../src/simulators/providers/dialect.ts';
import { createProviderKnobs } from '../../../src/simulators/providers/knob.ts';
import type { ProviderKnobs } from '../../../src/simulators/providers/knob.ts';
import type {
  ProviderHooks,
  ProviderRecords,
  SimulatedProvider,
} from '../../../src/simulators/providers/simulate-provider.ts';
import { simulateProvider } from '../../../src/simulators/providers/simulate-provider.ts';
import type { ProviderUnderTest } from './provider-under-test.ts';

/** The key of every adapter, long enough to be redacted. */
export const API_KEY = 'sk-contract-0123456789';

/** Generous: only what a test makes late is late. */
export const LIMITS: HttpLimits = {
  connectMs: 10_000,
  createMs: 20_000,
  queryMs: 10_000,
  maxBodyBytes: 65_536,
};

/** A provider's adapter, as the bot has it. */
type Adapter = ReturnType<typeof createProvider>;

export interface AdapterOptions {
  readonly baseUrl?: string;
  readonly apiKey?: string;
  readonly limits?: HttpLimits;
  /** The names of its libraries that are on. */
  readonly libraries?: readonly string[];
}

/** A provider over its own simulation, for one case. */
export interface Scene extends Pick<ProviderUnderTest, 'descriptor' | 'documents'> {
  /** Its routes as the bot has them, no library switched on. */
  readonly routes: readonly Route[];
  readonly simulated: SimulatedProvider;
  readonly knobs: ProviderKnobs;
  readonly hooks: ProviderHooks;
  readonly records: ProviderRecords;
  /** The envelopes of the simulation. */
  readonly dialect: Dialect;
  /** The bot's own copies of media. */
  readonly media: MemoryMedia;
  /** The simplest request: words alone, on the first route. */
  readonly submission: Submission;
  /** Makes an adapter, to the simulation if nothing else is said. It ends with the scene. */
  readonly open: (options?: AdapterOptions) => Adapter;
  /** Closes something with the scene. */
  readonly closeAfterwards: (close: () => Promise<void>) => void;
}

/** No file is ever looked at: cutting answers makes hundreds of tasks. */
const FILE = new Uint8Array();

/** Runs one case over a simulation of its own. */
export async function onScene(
  { descriptor, simulate, documents }: ProviderUnderTest,
  play: (scene: Scene) => Promise<void> | void,
): Promise<void> {
  const records: ProviderRecords = { requests: [], tasks: [], assets: [] };
  const knobs = createProviderKnobs(0);
  const hooks: ProviderHooks = {};
  const simulated = await simulateProvider(simulate, {
    draw: async () => FILE,
    sizeOf: () => undefined,
    fetchMedia: async () => undefined,
    now: () => 0,
    mediaTimeoutMs: LIMITS.createMs,
    key: API_KEY,
    knobs,
    records,
    hooks,
    waitForFile: true,
    keepNewest: Infinity,
  });
  const { routes } = catalogueOf([descriptor]);
  const media = memoryMedia();
  const closing: (() => Promise<void>)[] = [];
  try {
    await play({
      descriptor,
      documents,
      routes,
      simulated,
      knobs,
      hooks,
      records,
      dialect: simulate(() => 'made-by-a-test'),
      media,
      submission: wordsAlone(routes),
      open(options = {}) {
        const adapter = createProvider(descriptor, {
          baseUrl: simulated.url,
          apiKey: API_KEY,
          limits: LIMITS,
          now: () => 0,
          media,
          ...options,
        });
        closing.push(async () => adapter.close());
        return adapter;
      },
      closeAfterwards: (close) => void closing.push(close),
    });
  } finally {
    await Promise.all(closing.map(async (close) => close()));
    await simulated.down();
  }
}

function wordsAlone([route]: readonly Route[]): Submission {
  if (route === undefined) throw new Error('the provider has no routes');
  const { id, duration } = route;
  return { route: id, prompt: 'a boat', durationSeconds: duration.default, media: [] };
}
