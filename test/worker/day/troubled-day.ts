import { ALL_SLOTS } from '../../../src/domain/slots.ts';
import type { ProviderPort } from '../../../src/app/ports/provider-port.ts';
import { chooseAuto } from '../../../src/domain/auto/choose-auto.ts';
import { plannedRoute } from '../../../src/domain/auto/next-route.ts';
import { needOf } from '../../../src/domain/ledger/amounts.ts';
import { planOf } from '../../../src/domain/tasks/plan.ts';
import type { Plan } from '../../../src/domain/tasks/plan.ts';
import { createTaskIds } from '../../../src/domain/tasks/task-id.ts';
import type { Task } from '../../../src/domain/tasks/task.ts';
import { quoteRequest } from '../../../src/domain/ways/way.ts';
import { createProvider } from '../../../src/providers/create-provider.ts';
import { PROVIDERS } from '../../../src/providers/registry.ts';
import { startSimulatedProviders } from '../../../src/simulators/providers/simulated-providers.ts';
import { createCipher } from '../../../src/store/records/cipher.ts';
import { createTaskStore } from '../../../src/store/tasks/task-store.ts';
import { createDice, pickFrom } from '../../../src/trials/chaos/dice.ts';
import { createWorker } from '../../../src/worker/worker.ts';
import { aLedger } from '../../fakes/a-ledger.ts';
import { aRequest } from '../../fakes/a-request.ts';
import { aTask } from '../../fakes/a-task.ts';
import { routeOf, routesOf } from '../../fakes/catalogue.ts';
import { memoryMedia } from '../../fakes/memory-media.ts';
import { memoryRecords } from '../../fakes/memory-records.ts';
import type { MemoryRecords } from '../../fakes/memory-records.ts';
import { scriptedProvider } from '../../fakes/scripted-provider.ts';
import { processIn, workerWorld } from '../../fakes/worker-world.ts';
import { LIMITS } from '../../providers/contract/scene.ts';
import { FULL, MINI, OTHER } from './day-prices.ts';
import type { DayPrices } from './day-prices.ts';
import { troubleProviders } from './troubled-providers.ts';
import type { ProvidersSide } from './troubled-providers.ts';

const DAY_MS = 86_400_000;
const TASKS = 150;
/** So many ask within a few seconds: one's pause or "busy" concerns the others. */
const AT_ONCE = 6;
const GROUP_MS = 5000;
/** How often a provider is not there for an hour. */
const OUTAGES = 8;

/** What is left of a day. */
interface EndedDay {
  readonly side: ProvidersSide;
  readonly records: MemoryRecords;
  /** The bot's tasks as its store has them, by the word in their prompt. */
  readonly tasks: ReadonlyMap<string, Task>;
}

/**
 * A day on which members ask for videos: the worker with its real adapters and store, in a time that
 * goes on only while nothing is on its way to the simulated providers.
 */
export async function troubledDay(seed: string, prices: DayPrices): Promise<EndedDay> {
  const dice = createDice(seed);
  const day = await openDay(prices);
  const side = troubleProviders(day.simulated, dice);
  const { clock, worker, store, simulated, during } = day;
  const ids = new Map<string, string>();
  const newId = createTaskIds(() => 0.5);
  const ask = async (number: number): Promise<void> => {
    const request = aRequest({ prompt: `video-${number}-z, a boat` });
    const named = pickFrom([FULL, MINI, OTHER], dice('model', number));
    const plan = day.planFor(request, dice('auto', number) < 0.6 ? undefined : named);
    const [{ durationSeconds, quote }] = plan.routes;
    const task = aTask({
      id: newId(clock.now()),
      acceptedAt: clock.now(),
      plan,
      money: { state: 'reserved', amounts: needOf(durationSeconds, quote) },
      secrets: { request, interactionToken: 'token' },
    });
    ids.set(`video-${number}-z`, task.id);
    await store.create(task);
    worker.add(task);
  };
  for (let number = 0; number < TASKS; number += 1) {
    const group = Math.floor(number / AT_ONCE);
    const at = Math.floor(dice('asked at', group) * DAY_MS + dice('later', number) * GROUP_MS);
    clock.after(at, () => void during(async () => ask(number)));
  }
  for (let number = 0; number < OUTAGES; number += 1) {
    const provider = simulated[number % 2 === 0 ? 'jimmy' : 'anyfast'];
    // Each in a part of the day of its own, so that a provider is there again before the next.
    const at = Math.floor(((number + dice('down at', number) / 2) * DAY_MS) / OUTAGES);
    clock.after(at, () => void during(async () => provider.down()));
    clock.after(at + DAY_MS / 24, () => void during(async () => provider.up()));
  }
  try {
    await worker.resume(ALL_SLOTS);
    await day.pass();
    await worker.stop();
    const tasks = new Map<string, Task>();
    for (const [label, id] of ids) {
      const task = await store.get(id);
      if (task?.stage.name !== 'ended') throw new Error(`${label} has not ended`);
      tasks.set(label, task);
    }
    return { side, records: day.records, tasks };
  } finally {
    await day.close();
  }
}

async function openDay({ list }: DayPrices) {
  const base = workerWorld();
  const { clock, log } = base;
  const simulated = await startSimulatedProviders({
    quick: true,
    taskMs: 0,
    now: () => clock.now(),
  });
  const adapters = PROVIDERS.map((descriptor) => {
    const { url: baseUrl, key: apiKey } =
      simulated[descriptor.id === 'jimmy' ? 'jimmy' : 'anyfast'];
    const options = {
      baseUrl,
      apiKey,
      limits: LIMITS,
      now: () => clock.now(),
      media: memoryMedia(),
    };
    return { id: descriptor.id, port: createProvider(descriptor, options) };
  });
  const portOf = (id: string): ProviderPort => {
    const adapter = adapters.find((one) => one.id === id);
    if (adapter === undefined) throw new Error(`there is no provider ${id}`);
    return adapter.port;
  };
  const records = memoryRecords();
  const ledger = aLedger(records, log, clock);
  const cipher = createCipher(new Uint8Array(32));
  const store = createTaskStore({ records, ledger, cipher, clock, log });
  const inFlight = new Set<Promise<unknown>>();
  const during = async <T>(effect: () => Promise<T>): Promise<T> => {
    const running = effect();
    inFlight.add(running);
    try {
      return await running;
    } finally {
      inFlight.delete(running);
    }
  };
  const world = {
    ...base,
    isOtherOn: true,
    money: { priceList: list, budgets: {} },
    tasks: { ...base.tasks, port: store },
    provider: { ...scriptedProvider(), port: portOf('jimmy') },
    other: { ...scriptedProvider(), port: portOf('anyfast') },
  };
  const { deps, progress } = processIn(world, async (_name, effect) => during(effect));
  const routes = routesOf(new Set(['jimmy', 'anyfast']));
  return {
    clock,
    simulated,
    records,
    store,
    during,
    worker: createWorker(deps),
    /** The plan of a request on a route, or on the one that `auto` chooses. */
    planFor(request: Task['secrets']['request'] & object, named: string | undefined): Plan {
      if (named !== undefined) {
        const route = routeOf(named);
        return planOf(plannedRoute({ route, request, quote: quoteRequest(list, route, request) }));
      }
      const chosen = chooseAuto(
        routes.map((route) => ({ route, request })),
        {
          priceList: list,
          typical: () => undefined,
          isPaused: (provider) => deps.pauses.until(provider) !== undefined,
        },
      );
      if (chosen.kind === 'none') throw new Error('no route takes a boat');
      const auto = chosen.kind === 'chosen' ? chosen.auto : ({ by: 'only', of: 1 } as const);
      return planOf(plannedRoute(chosen.way), auto);
    },
    async pass(): Promise<void> {
      for (let isGoingOn = true; isGoingOn;) {
        while (inFlight.size > 0) await Promise.allSettled(inFlight);
        isGoingOn = (await clock.advanceToNextTimer()) || inFlight.size > 0;
      }
    },
    async close(): Promise<void> {
      progress.stop();
      await Promise.all(adapters.map(async ({ port }) => port.close()));
      await simulated.close();
    },
  };
}
