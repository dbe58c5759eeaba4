import { setTimeout as wait } from 'node:timers/promises';
import { isFindable } from '../../domain/tasks/lost-create.ts';
import { providerOf } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { seatOfGuild } from './disturb-company.ts';
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
export async function searchLost(context: RoundContext): Promise<void> {
  const { testbed, supervisor, incidents, searched, holds } = context;
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
  while (!(await haveOwnersSearched(context, lost)) && Date.now() < until) {
    await wait(25);
  }
}

/** Of several processes each searches for the tasks of its own guilds. */
async function haveOwnersSearched(
  context: RoundContext,
  lost: readonly Pick<Task, 'guildId'>[],
): Promise<boolean> {
  const guilds = [...new Set(lost.map(({ guildId }) => guildId))];
  const owners = await Promise.all(guilds.map(async (id) => seatOfGuild(context, id)));
  return owners.every((seat) => hasSearched(seat?.current()?.bot.lines ?? []));
}

function hasSearched(lines: readonly string[]): boolean {
  const [, found] = lines.map((line) => LIST_READ.exec(line)).find((read) => read !== null) ?? [];
  return (
    found !== undefined && lines.filter((line) => line.includes(FOUND)).length >= Number(found)
  );
}
