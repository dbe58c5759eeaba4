import { setTimeout as wait } from 'node:timers/promises';
import type { Standstill } from './company.ts';
import type { Evidence } from './evidence.ts';
import { standstillIn } from './machine-faults.ts';
import type { BotRun } from './supervisor.ts';

/** A standstill at a commit; after one that lets tasks be sent, with their ids. */
interface Stood extends Standstill {
  readonly sending: readonly string[];
}

/** The times in which processes stood still by themselves at a commit. */
export function standstillsIn(runs: readonly BotRun[]): Stood[] {
  return runs.flatMap((run) =>
    run.bot.lines.flatMap((line) => {
      const stood = standstillIn(line);
      return stood === undefined ? [] : [{ run, ...stood }];
    }),
  );
}

/**
 * Whether a process that worked on a task stood still: an edit of its message that was checked before
 * may leave after the end that another process showed.
 */
export function mayHaveEditedLate(
  { runs, suspensions }: Pick<Evidence, 'runs' | 'suspensions'>,
  taskId: string,
): boolean {
  return [...standstillsIn(runs), ...suspensions].some(({ run }) =>
    run.bot.lines.some((line) => line.includes(taskId)),
  );
}

/** Resolves when no process stands still any more. */
export async function untilAllGoOn(runs: readonly BotRun[]): Promise<void> {
  const running = runs.filter(({ end }) => end === undefined);
  const untilMs = Math.max(0, ...standstillsIn(running).map(({ toMs }) => toMs));
  await wait(Math.max(0, untilMs - Date.now()));
}
