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
