import { setTimeout as wait } from 'node:timers/promises';
import { isFindable } from '../../domain/tasks/lost-create.ts';
import { providerOf } from '../../domain/tasks/plan.ts';
import { READY_MS } from './backstops.ts';
import { readStore, storeOf } from './read-store.ts';
import type { RoundContext } from './round-context.ts';

/** The one provider that lists its tasks. */
const SEARCHED = 'ark';

/** More than the bot waits before it searches for a create for the first time. */
const BEYOND_FIRST_MS = 11_000;

/** How long the search may take, in milliseconds. */
const SEARCH_MS = 30_000;

/** What a process logs once it has read a list, and how many tasks it found there. */
const LIST_READ = /"found":(\d+).*list of tasks read for lost creates/;
const FOUND = 'task found at its provider';

/**
 * Lets the bot search for creates whose answer never came, if there are any: a new process searches at
 * once for all of them, when nothing fails any more. Resolves when what it found goes on.
 */
export async function searchLost({
  testbed,
  supervisor,
  incidents,
  searched,
  holds,
}: RoundContext): Promise<void> {
  const { tasks } = await readStore(storeOf(testbed));
  const lost = [...tasks.values()].filter(
    // Of one that was erased nothing is left to tell it by.
    (task) => providerOf(task) === SEARCHED && isFindable(task) && task.isErased !== true,
  );
  if (lost.length === 0) return;
  testbed.discord.advance(BEYOND_FIRST_MS);
  incidents.record('calm:restarted to search');
  await supervisor.end('SIGKILL');
  await supervisor.ready(READY_MS);
  // Where the operator has asked for an end of the hold, the new process may carry that out first.
  const ended = new Set(holds.requests.map(({ taskId }) => taskId));
  searched.push(...lost.map(({ id }) => id).filter((id) => !ended.has(id)));
  const until = Date.now() + SEARCH_MS;
  while (!hasSearched(supervisor.runs.at(-1)?.bot.lines ?? []) && Date.now() < until) {
    await wait(25);
  }
}

function hasSearched(lines: readonly string[]): boolean {
  const [, found] = lines.map((line) => LIST_READ.exec(line)).find((read) => read !== null) ?? [];
  return (
    found !== undefined && lines.filter((line) => line.includes(FOUND)).length >= Number(found)
  );
}
