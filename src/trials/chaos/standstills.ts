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
 * Whether an edit that was checked before a process stood still may stand over the end that another one
 * showed. That one shows it again when it hears of it, unless either of them is killed before.
 */
export function mayHaveEditedLate(
  { runs, suspensions }: Pick<Evidence, 'runs' | 'suspensions'>,
  taskId: string,
): boolean {
  const linesOfTask = ({ bot }: BotRun): string[] =>
    bot.lines.filter((line) => line.includes(taskId));
  const says = (run: BotRun, words: string): boolean =>
    linesOfTask(run).some((line) => line.includes(words));
  const stood = [...standstillsIn(runs), ...suspensions].map(({ run }) => run);
  if (stood.some((run) => run.end !== 0 && linesOfTask(run).length > 0)) return true;
  return (
    runs.some((run) => says(run, 'message edited late')) &&
    !runs.some((run) => says(run, 'message shown again after a late edit'))
  );
}

/** Resolves when no process stands still any more. */
export async function untilAllGoOn(runs: readonly BotRun[]): Promise<void> {
  const running = runs.filter(({ end }) => end === undefined);
  const untilMs = Math.max(0, ...standstillsIn(running).map(({ toMs }) => toMs));
  await wait(Math.max(0, untilMs - Date.now()));
}
