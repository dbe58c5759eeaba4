import { startBenchTestbed } from './bench-testbed.ts';
import type { BenchTestbed } from './bench-testbed.ts';
import { median } from './figures.ts';
import type { Figure } from './figures.ts';
import { alternate, PAIRS, ratioOf } from './pairs.ts';
import type { Pair } from './pairs.ts';
import { createGate } from './world/gate.ts';
import type { Gate } from './world/gate.ts';
import { createIds, guildIdOf, memberIdOf } from './world/interaction.ts';

const MIB = 1_048_576;

/** One load: a number of clips of one size, all finished at the same moment. */
interface Load {
  readonly clips: number;
  readonly bytes: number;
}

interface Delivery {
  readonly ms: number;
  /** The peak of memory above that of the waiting bot, in MiB. */
  readonly peakMib: number;
}

/**
 * Measures the time from the moment the provider reports the results to the last clip at Discord,
 * against a script that downloads to files and uploads from them; and the peak of memory.
 */
export async function benchDeliver(isBrief: boolean): Promise<Figure[]> {
  const sizes = isBrief ? [1] : [1, 10, 50];
  const counts = isBrief ? [1, 2] : [1, 20];
  const figures: Figure[] = [];
  for (const mib of sizes) {
    for (const clips of counts) {
      const pairs = await measurePairs({ clips, bytes: mib * MIB }, isBrief ? 1 : PAIRS);
      figures.push({
        name: `deliver, ${clips} × ${mib} MiB`,
        ...ratioOf(pairs, ({ ms }) => ms),
        target: 1.25,
        reference: 'a script from file to file',
      });
      if (mib === Math.max(...sizes) && clips > 1) figures.push(peakFigure(clips, mib, pairs));
    }
  }
  const [few, mib] = isBrief ? [1, 1] : [5, 50];
  const fewer = await measurePairs({ clips: few, bytes: mib * MIB }, isBrief ? 1 : PAIRS);
  return [...figures, peakFigure(few, mib, fewer)];
}

function peakFigure(clips: number, mib: number, pairs: readonly Pair<Delivery>[]): Figure {
  const peaks = pairs.map(({ ours }) => ours.peakMib);
  return {
    name: `deliver, peak memory of ${clips} × ${mib} MiB`,
    ratio: median(peaks),
    spread: [Math.min(...peaks), Math.max(...peaks)],
    unit: 'MiB',
    target: 64,
    reference: 'resident memory above the waiting bot',
  };
}

async function measurePairs(load: Load, pairs: number): Promise<Pair<Delivery>[]> {
  const gates = { ours: createGate(), theirs: createGate() };
  const polling = { env: { POLL_MIN_MS: '20', POLL_MAX_MS: '20' } };
  const providerOf = (gate: Gate) => ({ clipBytes: load.bytes, progressOf: gate.progress });
  const [ours, theirs] = await Promise.all([
    startBenchTestbed({ file: 'main.js', provider: providerOf(gates.ours), ...polling }),
    startBenchTestbed({
      file: 'trials/bench/bare/deliver-by-file.js',
      provider: providerOf(gates.theirs),
    }),
  ]);
  const sides = {
    ours: async () => deliver(ours, gates.ours, load),
    theirs: async () => deliver(theirs, gates.theirs, load),
  };
  try {
    await alternate(1, sides);
    return await alternate(pairs, sides);
  } finally {
    await Promise.all([ours.close(), theirs.close()]);
  }
}

/** Holds the answers to polls until all tasks are polled, then reports all of them as finished. */
async function deliver(
  { discord, bot }: BenchTestbed,
  gate: Gate,
  { clips }: Load,
): Promise<Delivery> {
  const full = gate.close(clips);
  const calls = Array.from({ length: clips }, (_, serial) =>
    discord.send({
      id: nextId(),
      guildId: guildIdOf(serial),
      memberId: memberIdOf(serial),
      prompt: `A lighthouse in a storm, take ${serial}`,
    }),
  );
  await full;
  bot.resetPeak();
  const idle = bot.memory();
  const openedAt = performance.now();
  gate.open();
  const delivered = await Promise.all(calls.map(async (call) => call.delivered));
  return {
    ms: Math.max(...delivered) - openedAt,
    peakMib: (bot.peakMemory() - idle) / MIB,
  };
}

const nextId = createIds();
