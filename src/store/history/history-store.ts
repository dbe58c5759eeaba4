import type {
  HistoryPage,
  HistoryQuery,
  HistoryStart,
  HistoryStore,
} from '../../app/ports/history-port.ts';
import { snowflakeTime } from '../../domain/tasks/snowflake.ts';
import { isTaskId } from '../../domain/tasks/task-id.ts';
import type { TaskId } from '../../domain/tasks/task-id.ts';
import { promptOf } from '../../domain/tasks/task-request.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { readTasks } from '../privacy/read-tasks.ts';
import type { RetentionStoreDeps } from '../privacy/retention-store.ts';
import { marksFrom } from './marks-from.ts';

/** Tasks on one page. */
const PER_PAGE = 10;
/** Tasks that are read for one page, with their prompts; the search stops there. */
const MAX_TASKS = 500;

export type HistoryStoreDeps = Pick<RetentionStoreDeps, 'records' | 'cipher'>;

/** Creates the store that reads the history of members by their marks. */
export function createHistoryStore(
  deps: HistoryStoreDeps,
  maxTasks: number = MAX_TASKS,
): HistoryStore {
  return {
    async read(query) {
      const page = await readPage(deps, query, maxTasks);
      // Few may be newer than where one came from; then the newest page has them, and is full.
      const isShort = query.start.from === 'newer' && page.newer === undefined;
      return isShort ? readPage(deps, { ...query, start: { from: 'newest' } }, maxTasks) : page;
    },
  };
}

async function readPage(
  deps: HistoryStoreDeps,
  query: HistoryQuery,
  maxTasks: number,
): Promise<HistoryPage> {
  const { start } = query;
  const isMatch = matcherOf(query.search);
  const found: Task[] = [];
  let read = 0;
  let stop: string | undefined;
  for await (const { ids, lastId, isLast } of marksFrom(deps.records, query)) {
    const { tasks } = await readTasks(deps, ids);
    const byId = new Map<string, Task>(tasks.map((task) => [task.id, task]));
    const kept = ids.flatMap((id) => byId.get(id) ?? []).filter((task) => task.isErased !== true);
    found.push(...kept.filter(isMatch));
    // One more than the page has, to know whether there is another.
    if (isLast || found.length > PER_PAGE) return pageOf(start, found);
    stop = lastId;
    read += ids.length;
    if (read >= maxTasks) break;
  }
  return pageOf(start, found, stop);
}

/** `found`: in the direction of reading. `stop`: the task at which reading stopped before the end. */
function pageOf(start: HistoryStart, found: readonly Task[], stop?: string): HistoryPage {
  const inOrder = found.slice(0, PER_PAGE);
  const onwards = found.length > PER_PAGE ? inOrder.at(-1)?.id : taskIdOf(stop);
  const back = start.from === 'newest' ? undefined : (inOrder[0]?.id ?? including(start));
  const isForwards = start.from === 'newer';
  const [older, newer] = isForwards ? [back, onwards] : [onwards, back];
  return {
    tasks: isForwards ? inOrder.toReversed() : inOrder,
    older: older === undefined ? undefined : { from: 'older', than: older },
    newer: newer === undefined ? undefined : { from: 'newer', than: newer },
    stoppedAt: stop === undefined ? undefined : snowflakeTime(stop),
  };
}

/** Where the page before an empty one is, with the task at which that one began. */
function including({ from, than }: Exclude<HistoryStart, { from: 'newest' }>): TaskId | undefined {
  return taskIdOf(String(BigInt(than) + (from === 'older' ? -1n : 1n)));
}

function taskIdOf(id: string | undefined): TaskId | undefined {
  return id !== undefined && isTaskId(id) ? id : undefined;
}

function matcherOf(search: string | undefined): (task: Task) => boolean {
  if (search === undefined) return () => true;
  const wanted = plain(search);
  return (task) => plain(promptOf(task) ?? '').includes(wanted);
}

/** Letters of any case and width are the same. */
function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
