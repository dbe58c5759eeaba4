import { startBenchTestbed } from './bench-testbed.ts';
import type { Figure } from './figures.ts';
import { alternate, PAIRS, ratioOf } from './pairs.ts';

/** Measures how soon a process is logged in, against discord.js alone. */
export async function benchStart(isBrief: boolean): Promise<Figure[]> {
  const pairs = await alternate(isBrief ? 1 : 2 * PAIRS, {
    ours: async () => startOnce('main.js'),
    theirs: async () => startOnce('trials/bench/bare/log-in.js'),
  });
  const reference = 'a bare discord.js log-in';
  return [
    {
      name: 'process start to gateway ready',
      ...ratioOf(pairs, ({ loginMs }) => loginMs),
      target: 1.3,
      reference,
    },
    {
      name: 'process start to gateway ready, CPU time',
      ...ratioOf(pairs, ({ cpuMs }) => cpuMs),
      target: 1.3,
      reference,
    },
  ];
}

async function startOnce(file: string): Promise<{ loginMs: number; cpuMs: number }> {
  const testbed = await startBenchTestbed({ file });
  const cpuMs = testbed.bot.cpuMs();
  await testbed.close();
  return { loginMs: testbed.loginMs, cpuMs };
}
