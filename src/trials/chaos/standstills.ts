import { setTimeout as wait } from 'node:timers/promises';
import type { Standstill } from './company.ts';
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

/** Resolves when no process stands still any more. */
export async function untilAllGoOn(runs: readonly BotRun[]): Promise<void> {
  const running = runs.filter(({ end }) => end === undefined);
  const untilMs = Math.max(0, ...standstillsIn(running).map(({ toMs }) => toMs));
  await wait(Math.max(0, untilMs - Date.now()));
}
