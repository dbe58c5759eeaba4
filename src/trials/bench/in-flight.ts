import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../../sandbox/project-root.ts';
import { medianWithSpread } from './figures.ts';
import type { Figure } from './figures.ts';
import type { InFlightFigures } from './in-flight/measure.ts';
import { PAIRS } from './pairs.ts';
import { writeRunningTasks } from './past-tasks.ts';

const figuresSchema = z.object({
  readMs: z.number(),
  firstPollMs: z.number(),
  memoryBytes: z.number(),
  cpuMsPerPoll: z.number(),
}) satisfies z.ZodType<InFlightFigures>;

/** Tasks of an idle process, in which all code is loaded and warm. */
const IDLE = 10;

/** Measures what unfinished tasks cost: memory, polls, and the start of a process that resumes them. */
export async function benchInFlight(isBrief: boolean): Promise<Figure[]> {
  const sizes = isBrief ? [50, 100, 200] : [1000, 10_000, 100_000];
  const [startSize = 0] = isBrief ? [100] : [10_000];
  const folders = new Map<number, string>();
  try {
    const measured = new Map<number, InFlightFigures[]>();
    for (const size of [IDLE, ...sizes]) {
      measured.set(size, []);
      const folder = await mkdtemp(join(tmpdir(), 'clapper-bench-'));
      folders.set(size, folder);
      await writeRunningTasks(folder, size);
    }
    for (let round = 0; round < (isBrief ? 1 : PAIRS); round += 1) {
      for (const [size, folder] of folders) {
        measured.get(size)?.push(await measureOnce(folder, passesFor(size, isBrief)));
      }
    }
    return figuresOf(measured, startSize);
  } finally {
    await Promise.all([...folders.values()].map(async (folder) => rm(folder, { recursive: true })));
  }
}

/** The idle process polls as often as one with a thousand tasks, so that its code is as warm. */
function passesFor(size: number, isBrief: boolean): number {
  if (isBrief) return 1;
  return size === IDLE ? 200 : 2;
}

async function measureOnce(folder: string, passes: number): Promise<InFlightFigures> {
  const file = join(projectRoot(), 'dist', 'src', 'trials', 'bench', 'in-flight', 'measure.js');
  const child = fork(file, [folder, String(passes)], { execArgv: ['--expose-gc'] });
  const failed = once(child, 'exit').then(([code]: unknown[]) => {
    throw new Error(`the measuring process ended with ${String(code)}`);
  });
  failed.catch(() => undefined);
  const messages: unknown[] = await Promise.race([once(child, 'message'), failed]);
  child.disconnect();
  await failed.catch(() => undefined);
  return figuresSchema.parse(messages[0]);
}

function figuresOf(
  measured: ReadonlyMap<number, readonly InFlightFigures[]>,
  startSize: number,
): Figure[] {
  const [idle = [], smallest = []] = measured.values();
  const bySize = [...measured].slice(1).flatMap(([size, rounds], at): Figure[] => [
    {
      name: `in flight, memory a task of ${size}`,
      ...medianWithSpread(
        rounds.map(({ memoryBytes }, round) => {
          const idleBytes = idle[round]?.memoryBytes ?? Number.NaN;
          return (memoryBytes - idleBytes) / (size - IDLE) / 1000;
        }),
      ),
      unit: 'kB',
      target: 0.5,
      reference: 'the live heap of the same process with few',
    },
    ...(at === 0 ? [] : [pollFigure(size, rounds, smallest)]),
  ]);
  const starts = measured.get(startSize) ?? [];
  return [
    ...bySize,
    {
      name: `in flight, start to first poll with ${startSize} tasks`,
      ...medianWithSpread(starts.map(({ firstPollMs, readMs }) => firstPollMs / readMs)),
      target: 2,
      reference: 'reading their records once',
    },
  ];
}

function pollFigure(
  size: number,
  rounds: readonly InFlightFigures[],
  smallest: readonly InFlightFigures[],
): Figure {
  const ratios = rounds.map(
    ({ cpuMsPerPoll }, round) => cpuMsPerPoll / (smallest[round]?.cpuMsPerPoll ?? Number.NaN),
  );
  return {
    name: `in flight, CPU time a poll with ${size} due`,
    ...medianWithSpread(ratios),
    target: 1.3,
    reference: 'the fewest',
  };
}
