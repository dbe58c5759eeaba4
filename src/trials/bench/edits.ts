import { setBenchStage } from './bench-stage.ts';
import type { BenchStage } from './bench-stage.ts';
import { median, spreading } from './figures.ts';
import type { Figure } from './figures.ts';
import { alternate, PAIRS, ratioOf } from './pairs.ts';
import { createIds, guildIdOf, memberIdOf } from './world/interaction.ts';
import type { LeanTask } from './world/lean-provider.ts';

/** A task may cost three requests, and one more for each stretch of waiting, in milliseconds. */
const FREE_REQUESTS = 3;
const REQUEST_EVERY_MS = 15_000;

/** Discord asks so long a wait of an edit that it refuses. */
const RETRY_SECONDS = 60;

/**
 * What a task's message costs in requests to Discord while its provider tells progress at every
 * look, and whether a message that Discord refuses to edit holds up the others.
 */
export async function benchEdits(isBrief: boolean): Promise<Figure[]> {
  const durations = isBrief ? [1500] : [15_000, 30_000, 60_000];
  return [
    ...(await Promise.all(durations.map(async (ms) => requestsFor(ms, isBrief ? 2 : 10)))),
    await delayBesideRefused(isBrief ? 1 : PAIRS, isBrief ? 4 : 20),
  ];
}

/** Tells progress by the clock, up to the end. */
const progressOver =
  (durationMs: number) =>
  ({ createdAt }: LeanTask): number =>
    Math.floor(((performance.now() - createdAt) / durationMs) * 100);

async function requestsFor(durationMs: number, tasks: number): Promise<Figure> {
  const stage = await setBenchStage({
    file: 'main.js',
    provider: { progressOf: progressOver(durationMs) },
  });
  try {
    const calls = sendAll(stage, tasks);
    const requests = await Promise.all(
      calls.map(async (call) => {
        await call.delivered;
        return call.requests();
      }),
    );
    return {
      name: `edits, requests of a task of ${durationMs / 1000} s`,
      ...spreading(requests),
      unit: 'requests',
      target: FREE_REQUESTS + Math.floor(durationMs / REQUEST_EVERY_MS),
      reference: 'a task, its acknowledgement and video included',
    };
  } finally {
    await stage.close();
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
    setBenchStage({ file: 'main.js', provider, env, discord }),
    setBenchStage({ file: 'main.js', provider, env }),
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

/** From the command to the video of all tasks but the first, whose edits are refused from now on. */
async function typicalDelay(
  stage: BenchStage,
  tasks: number,
  refused: Set<string>,
): Promise<number> {
  const [first, ...others] = sendAll(stage, tasks);
  if (first !== undefined) refused.add(first.id);
  return median(
    await Promise.all(others.map(async (call) => (await call.delivered) - call.sentAt)),
  );
}

const nextId = createIds();

function sendAll({ discord }: BenchStage, tasks: number) {
  return Array.from({ length: tasks }, (_, serial) =>
    discord.send({
      id: nextId(),
      guildId: guildIdOf(serial),
      memberId: memberIdOf(serial),
      prompt: `A lighthouse in a storm, take ${serial}`,
    }),
  );
}
