import { setTimeout as wait } from 'node:timers/promises';
import { benchSecond } from './ack-second.ts';
import { callAtRate } from './at-rate.ts';
import type { Latencies, Rate } from './at-rate.ts';
import { startBenchTestbed } from './bench-testbed.ts';
import type { BenchTestbed } from './bench-testbed.ts';
import type { Figure } from './figures.ts';
import { alternate, PAIRS, ratioOf } from './pairs.ts';
import type { Pair } from './pairs.ts';
import { createIds, guildIdOf, memberIdOf } from './world/interaction.ts';

/** Discord waits this long for the first answer, in milliseconds. */
const DISCORD_WAITS_MS = 3000;

/** The way to Discord and back from an ordinary machine room, in milliseconds. */
const DISTANCE_MS = 50;
/** The rate at which the distance is added, in calls a second. */
const DISTANT_RATE = 100;

const GUILDS = 100;
const MEMBERS = 2000;

/** Measures acknowledgements: of `/video`, and of what makes a second video. */
export async function benchAck(isBrief: boolean): Promise<Figure[]> {
  return [...(await benchVideo(isBrief)), ...(await benchSecond(isBrief))];
}

/**
 * Measures the time from a `/video` sent to its acknowledgement received, against a bot that only
 * defers. Both bots run all the time and are called in turns. By then ours has validated the request,
 * decided the quotas and counted the reservation. Creates are never answered, so nothing else is
 * measured.
 */
async function benchVideo(isBrief: boolean): Promise<Figure[]> {
  const rates = isBrief ? [50] : [10, 100, 300];
  const sliceMs = isBrief ? 500 : 20_000 / PAIRS;
  const [ours, theirs] = await Promise.all([
    startBenchTestbed({ file: 'main.js', provider: { beforeCreate: never } }),
    startBenchTestbed({ file: 'trials/bench/bare/defer.js' }),
  ]);
  try {
    const warmUp = { perSecond: 100, forMs: isBrief ? 100 : 2000 };
    await alternate(1, sidesOf(ours, theirs, warmUp));
    const figures: Figure[] = [];
    for (const perSecond of rates) {
      const load = { perSecond, forMs: sliceMs };
      const pairs = await alternate(isBrief ? 1 : PAIRS, sidesOf(ours, theirs, load));
      figures.push(...figuresOf(perSecond, pairs));
    }
    const distant = { perSecond: DISTANT_RATE, forMs: sliceMs, distanceMs: DISTANCE_MS };
    const pairs = await alternate(isBrief ? 1 : PAIRS, sidesOf(ours, theirs, distant));
    return [...figures, distantFigure(pairs)];
  } finally {
    await Promise.all([ours.close(), theirs.close()]);
  }
}

interface Load extends Rate {
  /** The way to Discord and back; `undefined` for none. */
  readonly distanceMs?: number;
}

function sidesOf(ours: BenchTestbed, theirs: BenchTestbed, load: Load) {
  const { distanceMs = 0 } = load;
  const callsOf = async ({ discord }: BenchTestbed): Promise<Latencies> =>
    callAtRate(load, async (serial) => callOnce(discord, serial, distanceMs));
  return { ours: async () => callsOf(ours), theirs: async () => callsOf(theirs) };
}

function figuresOf(perSecond: number, pairs: readonly Pair<Latencies>[]): Figure[] {
  const reference = 'a bot that only defers';
  const slowest = Math.max(...pairs.map(({ ours }) => ours.slowest));
  return [
    {
      name: `acknowledgement at ${perSecond}/s, median`,
      ...ratioOf(pairs, ({ median }) => median),
      target: 1.4,
      reference,
    },
    {
      name: `acknowledgement at ${perSecond}/s, 99th percentile`,
      ...ratioOf(pairs, ({ p99 }) => p99),
      target: 2,
      reference,
    },
    {
      name: `acknowledgement at ${perSecond}/s, slowest of all`,
      ratio: slowest / DISCORD_WAITS_MS,
      target: 1,
      reference: 'the 3 s that Discord waits',
    },
  ];
}

/** What a person feels: the same with the way to Discord and back. */
function distantFigure(pairs: readonly Pair<Latencies>[]): Figure {
  return {
    name: `acknowledgement at ${DISTANT_RATE}/s, ${DISTANCE_MS} ms to Discord and back, median`,
    ...ratioOf(pairs, ({ median }) => median),
    target: 1.05,
    reference: 'a bot that only defers',
  };
}

const nextId = createIds();

async function never(): Promise<void> {
  return new Promise(() => undefined);
}

async function callOnce(
  discord: BenchTestbed['discord'],
  serial: number,
  distanceMs: number,
): Promise<number> {
  const calledAt = performance.now();
  if (distanceMs > 0) await wait(distanceMs / 2);
  const call = discord.send({
    id: nextId(),
    guildId: guildIdOf(serial % GUILDS),
    memberId: memberIdOf(serial % MEMBERS),
    prompt: `A lighthouse in a storm, take ${serial}`,
  });
  const acknowledgedAt = await call.acknowledged;
  if (distanceMs === 0) return acknowledgedAt - call.sentAt;
  await wait(distanceMs / 2);
  return performance.now() - calledAt;
}
