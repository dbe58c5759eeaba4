import { setTimeout as wait } from 'node:timers/promises';
import { startBenchTestbed } from './bench-testbed.ts';
import type { BenchTestbed } from './bench-testbed.ts';
import { percentile, medianWithSpread } from './figures.ts';
import type { Figure } from './figures.ts';
import { writePastLines } from './past-lines.ts';
import type { Call } from './world/call.ts';
import { createIds, guildIdOf, memberIdOf } from './world/interaction.ts';

const SERVERS = 10;
const PICTURES_A_SERVER = 6;
const ROUNDS = 3;
/** Members of other servers call `/video` so often meanwhile. */
const EVERY_MS = 100;
/** A report is waited for so long, and an acknowledgement after the last of them; in milliseconds. */
const DEADLINE_MS = 180_000;

/** Of one burst of reports. */
interface Burst {
  /** The 99th percentile of the bystanders' acknowledgements, in seconds. */
  readonly p99: number;
  readonly slowest: number;
  readonly peakBytes: number;
  /** Seconds until the last report was answered. */
  readonly lastAnswer: number;
  readonly unanswered: number;
}

/**
 * Sixty `/usage show`, each of another member or server, and ten `/usage export` at once, of servers
 * with 50,000 videos in this month, while members of other servers call `/video`.
 */
export async function benchReports(isBrief: boolean): Promise<Figure[]> {
  const lines = isBrief ? 500 : 50_000;
  const testbed = await startBenchTestbed({
    file: 'main.js',
    provider: { beforeCreate: async () => new Promise(() => undefined) },
    prepare: async (folder) => writePastLines(folder, SERVERS, lines),
  });
  try {
    await callUntil(testbed, wait(isBrief ? 1000 : 5000));
    const bursts: Burst[] = [];
    for (let round = 0; round < (isBrief ? 1 : ROUNDS); round += 1) {
      bursts.push(await burst(testbed, round));
    }
    return figuresOf(bursts);
  } finally {
    await testbed.close();
  }
}

const nextId = createIds();

async function burst(testbed: BenchTestbed, round: number): Promise<Burst> {
  const { bot } = testbed;
  bot.resetPeak();
  const startedAt = performance.now();
  const answers = Promise.all(
    sendReports(testbed, round).map(async ({ edited }) => orLate(edited, DEADLINE_MS, undefined)),
  );
  const latencies = await callUntil(testbed, answers);
  const times = await answers;
  const secondsTo = (at = startedAt + DEADLINE_MS): number => (at - startedAt) / 1000;
  return {
    p99: percentile(latencies, 0.99),
    slowest: Math.max(...latencies),
    peakBytes: bot.peakMemory(),
    lastAnswer: Math.max(...times.map(secondsTo)),
    unanswered: times.filter((at) => at === undefined).length,
  };
}

/** Calls `/video` in servers without reports; resolves with the seconds to each acknowledgement. */
async function callUntil({ discord }: BenchTestbed, over: Promise<unknown>): Promise<number[]> {
  const acknowledged: Promise<number>[] = [];
  const isOver = over.then(() => true as const);
  do {
    const serial = acknowledged.length;
    const { sentAt, acknowledged: reply } = discord.send({
      id: nextId(),
      guildId: guildIdOf(SERVERS + (serial % 100)),
      memberId: memberIdOf(serial % 2000),
      prompt: `A lighthouse in a storm, take ${serial}`,
    });
    const latency = reply.then((at) => (at - sentAt) / 1000);
    acknowledged.push(orLate(latency, DEADLINE_MS, DEADLINE_MS / 1000));
  } while (!(await Promise.race([isOver, wait(EVERY_MS, false)])));
  return Promise.all(acknowledged);
}

/** What it comes to, or `late` after the limit. */
async function orLate<T, L>(work: Promise<T>, limitMs: number, late: L): Promise<T | L> {
  const over = new AbortController();
  const waiting = wait(limitMs, late, { signal: over.signal }).catch(() => late);
  try {
    return await Promise.race([work, waiting]);
  } finally {
    over.abort();
  }
}

function sendReports({ discord }: BenchTestbed, round: number): Call[] {
  return Array.from({ length: SERVERS }, (_, server) => {
    const place = { guildId: guildIdOf(server), memberId: memberIdOf(server) };
    const shown = Array.from({ length: PICTURES_A_SERVER }, (__, serial) =>
      discord.sendUsage({
        ...place,
        id: nextId(),
        subcommand: 'show',
        about: memberIdOf(round * PICTURES_A_SERVER + serial),
      }),
    );
    return [...shown, discord.sendUsage({ ...place, id: nextId(), subcommand: 'export' })];
  }).flat();
}

function figuresOf(bursts: readonly Burst[]): Figure[] {
  return [
    {
      name: 'reports, acknowledgement of others, 99th percentile',
      ...medianWithSpread(bursts.map(({ p99 }) => p99)),
      unit: 's',
      target: 1,
      reference: '60 charts and 10 exports at once',
    },
    {
      name: 'reports, acknowledgement of others, slowest of all',
      ratio: Math.max(...bursts.map(({ slowest }) => slowest)),
      unit: 's',
      target: 3,
      reference: 'the time that Discord waits',
    },
    {
      name: 'reports, peak memory',
      ...medianWithSpread(bursts.map(({ peakBytes }) => peakBytes / 1_048_576)),
      unit: 'MiB',
      target: 300,
      reference: 'resident memory of the whole process',
    },
    {
      name: 'reports, until the last is answered',
      ...medianWithSpread(bursts.map(({ lastAnswer }) => lastAnswer)),
      unit: 's',
      target: 120,
      reference: '60 charts and 10 exports at once',
    },
    {
      name: 'reports, not answered',
      ratio: bursts.reduce((sum, { unanswered }) => sum + unanswered, 0),
      unit: 'reports',
      target: 0,
      reference: 'all',
    },
  ];
}
