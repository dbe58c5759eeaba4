import { startBenchTestbed } from './bench-testbed.ts';
import type { BenchTestbed } from './bench-testbed.ts';
import { median, medianWithSpread } from './figures.ts';
import type { Figure } from './figures.ts';
import { alternate, PAIRS, ratioOf } from './pairs.ts';
import { createIds, guildIdOf, memberIdOf } from './world/interaction.ts';
import type { LeanTask } from './world/lean-provider.ts';

/** A task may cost three requests, and one more per `REQUEST_EVERY_MS` that it takes. */
const FREE_REQUESTS = 3;
const REQUEST_EVERY_MS = 15_000;

/** The Retry-After of a refused edit. */
const RETRY_SECONDS = 60;

/**
 * Measures the requests to Discord for a task whose provider reports progress at every poll, and
 * whether a message that Discord refuses to edit delays the others.
 */
export async function benchEdits(isBrief: boolean): Promise<Figure[]> {
  const durations = isBrief ? [1500] : [15_000, 30_000, 60_000];
  return [
    ...(await Promise.all(durations.map(async (ms) => requestsFor(ms, isBrief ? 2 : 10)))),
    await delayBesideRefused(isBrief ? 1 : PAIRS, isBrief ? 4 : 20),
  ];
}

/** Reports progress in proportion to the time since the create. */
const progressOver =
  (durationMs: number) =>
  ({ createdAt }: LeanTask): number =>
    Math.floor(((performance.now() - createdAt) / durationMs) * 100);

async function requestsFor(durationMs: number, tasks: number): Promise<Figure> {
  const testbed = await startBenchTestbed({
    file: 'main.js',
    provider: { progressOf: progressOver(durationMs) },
  });
  try {
    const calls = sendAll(testbed, tasks);
    const requests = await Promise.all(
      calls.map(async (call) => {
        await call.delivered;
        return call.requests();
      }),
    );
    return {
      name: `edits, requests of a task of ${durationMs / 1000} s`,
      ...medianWithSpread(requests),
      unit: 'requests',
      target: FREE_REQUESTS + Math.floor(durationMs / REQUEST_EVERY_MS),
      reference: 'a task, its acknowledgement and video included',
    };
  } finally {
    await testbed.close();
  }
}

async function delayBesideRefused(pairs: number, tasks: number): Promise<Figure> {
  const durationMs = 2000;
  const provider = { progressOf: progressOver(durationMs) };
  const env = { PROGRESS_EDIT_MS: '200' };
  const refused = new Set<string>();
  const refuseEdit = (id: string) => (refused.has(id) ? RETRY_SECONDS : undefined);
  const discord = { refuseEdit };
  const [ours, theirs] = await Promise.all([
    startBenchTestbed({ file: 'main.js', provider, env, discord }),
    startBenchTestbed({ file: 'main.js', provider, env }),
  ]);
  try {
    const measured = await alternate(pairs, {
      ours: async () => typicalDelay(ours, tasks, refused),
      theirs: async () => typicalDelay(theirs, tasks, new Set()),
    });
    return {
      name: 'edits, time to the video beside a refused message',
      ...ratioOf(measured, (ms) => ms),
      target: 1.1,
      reference: 'the same without a refusal',
    };
  } finally {
    await Promise.all([ours.close(), theirs.close()]);
  }
}

/** The median time from command to video of all tasks but the first, whose edits are refused. */
async function typicalDelay(
  testbed: BenchTestbed,
  tasks: number,
  refused: Set<string>,
): Promise<number> {
  const [first, ...others] = sendAll(testbed, tasks);
  if (first !== undefined) refused.add(first.id);
  return median(
    await Promise.all(others.map(async (call) => (await call.delivered) - call.sentAt)),
  );
}

const nextId = createIds();

function sendAll({ discord }: BenchTestbed, tasks: number) {
  return Array.from({ length: tasks }, (_, serial) =>
    discord.send({
      id: nextId(),
      guildId: guildIdOf(serial),
      memberId: memberIdOf(serial),
      prompt: `A lighthouse in a storm, take ${serial}`,
    }),
  );
}
