import { startBenchTestbed } from './bench-testbed.ts';
import type { BenchTestbed } from './bench-testbed.ts';
import { GUILDS } from './bench-tasks.ts';
import { medianWithSpread } from './figures.ts';
import type { Figure } from './figures.ts';
import { alternate, PAIRS, ratioOf } from './pairs.ts';
import { MEMBERS, writePastTasks } from './past-tasks.ts';
import { createIds, guildIdOf, memberIdOf } from './world/interaction.ts';

/** Members at a time; each waits for a video before requesting the next. */
const AT_ONCE = 24;

/** Batches before those that count: until then the engine still optimises the code of either side. */
const WARM_UPS = 5;

/** The provider is instant: the first poll, made at once, finds the video. */
const OURS = { file: 'main.js', env: { POLL_MIN_MS: '1', POLL_MAX_MS: '1' } };

interface Batch {
  readonly perSecond: number;
  readonly cpuMsPerTask: number;
}

/**
 * Measures tasks from the command to the posted video of 50 kB, against a bot that makes the same
 * requests and keeps everything in memory; then only ours, with more and more history.
 */
export async function benchLifecycle(isBrief: boolean): Promise<Figure[]> {
  const tasks = isBrief ? 40 : 600;
  const pasts = isBrief ? [50, 100] : [20_000, 200_000];
  return [
    ...(await againstBare(isBrief, tasks)),
    ...(await overHistory(isBrief ? 1 : PAIRS, tasks, pasts)),
  ];
}

async function againstBare(isBrief: boolean, tasks: number): Promise<Figure[]> {
  const [ours, theirs] = await Promise.all([
    startBenchTestbed(OURS),
    startBenchTestbed({ file: 'trials/bench/bare/make-video.js' }),
  ]);
  const sides = {
    ours: async () => runBatch(ours, tasks),
    theirs: async () => runBatch(theirs, tasks),
  };
  try {
    await alternate(isBrief ? 1 : WARM_UPS, sides);
    const measured = await alternate(isBrief ? 1 : PAIRS, sides);
    const reference = 'a bot that keeps nothing';
    return [
      {
        name: 'lifecycle, tasks a second',
        ...ratioOf(measured, ({ perSecond }) => perSecond),
        target: 0.7,
        isFloor: true,
        reference,
      },
      {
        name: 'lifecycle, CPU time a task',
        ...ratioOf(measured, ({ cpuMsPerTask }) => cpuMsPerTask),
        target: 1.5,
        reference,
      },
    ];
  } finally {
    await Promise.all([ours.close(), theirs.close()]);
  }
}

async function overHistory(rounds: number, tasks: number, pasts: number[]): Promise<Figure[]> {
  const stages: BenchTestbed[] = [];
  try {
    for (const past of [0, ...pasts]) {
      const prepare = async (folder: string): Promise<void> => writePastTasks(folder, past);
      stages.push(await startBenchTestbed({ ...OURS, prepare }));
    }
    const times = stages.map((): number[] => []);
    // The first round warms up and is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [at, testbed] of stages.entries()) {
        const { perSecond } = await runBatch(testbed, tasks);
        if (round > 0) times[at]?.push(1 / perSecond);
      }
    }
    const [empty = [], ...grown] = times;
    return grown.map((of, at) => ({
      name: `lifecycle, time a task after ${pasts[at]} past tasks`,
      ...medianWithSpread(of.map((time, round) => time / (empty[round] ?? Number.NaN))),
      target: 1.2,
      reference: 'an empty store',
    }));
  } finally {
    await Promise.all(stages.map(async (testbed) => testbed.close()));
  }
}

const nextId = createIds();

/** Runs a number of tasks, a few at a time; each is sent when an earlier one is delivered. */
async function runBatch({ discord, bot }: BenchTestbed, tasks: number): Promise<Batch> {
  const startedAt = performance.now();
  const cpuAtStart = bot.cpuMs();
  let sent = 0;
  const member = async (): Promise<void> => {
    while (sent < tasks) {
      const serial = (sent += 1);
      const call = discord.send({
        id: nextId(),
        guildId: guildIdOf(serial % GUILDS),
        memberId: memberIdOf(serial % MEMBERS),
        prompt: `A lighthouse in a storm, take ${serial}`,
      });
      await call.delivered;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, member));
  const seconds = (performance.now() - startedAt) / 1000;
  return { perSecond: tasks / seconds, cpuMsPerTask: (bot.cpuMs() - cpuAtStart) / tasks };
}
