import type { ListOutcome, TaskSearch } from '../app/ports/provider-port.ts';
import type { ExpectedFacts, ListedFacts, ListedTask } from '../domain/tasks/match-lost.ts';
import { SECOND_MS } from '../domain/time-units.ts';
import type { Submission } from '../domain/routes/submission.ts';
import type { SearchCall } from './descriptor.ts';
import type { HttpResult } from './exchange.ts';
import type { JsonClient } from './http-json.ts';
import { parseJsonWithBigInts } from './parse-json-with-bigints.ts';
import { isObject, nonEmptyText, valueAt } from './read-answer.ts';
import { usableTaskId } from './task-id.ts';

/** A list with more pages than this is not read to its end, and nothing is found in it. */
const MAX_PAGES = 20;

interface TaskSearchDeps {
  readonly client: Pick<JsonClient, 'get'>;
  /** The body of a create, and that with the provider's own id of the model, which its list may say. */
  readonly bodiesOf: (submission: Submission) => readonly object[];
}

/** Creates the search of a provider from its call. */
export function createTaskSearch(call: SearchCall, deps: TaskSearchDeps): TaskSearch {
  return {
    keptMs: call.keptMs,
    expects: (submission) => expectedFacts(call, deps.bodiesOf(submission)),
    list: async (sinceMs, signal) => readList(call, deps, sinceMs, signal),
  };
}

/** What the list should say, without the values that it has otherwise. */
function expectedFacts({ repeats, isOpen }: SearchCall, bodies: readonly object[]): ExpectedFacts {
  const facts = bodies.map((body) => factsIn(body, repeats));
  return Object.fromEntries(
    repeats.flatMap((field) => {
      const values = [...new Set(facts.flatMap(({ [field]: value }) => value ?? []))];
      const [one, ...others] = values;
      if (one === undefined || values.some(isOpen)) return [];
      return [[field, others.length === 0 ? one : values]];
    }),
  );
}

function factsIn(value: unknown, fields: readonly string[]): ListedFacts {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const text = factText(valueAt(value, field));
      return text === undefined ? [] : [[field, text]];
    }),
  );
}

function factText(value: unknown): string | undefined {
  return typeof value === 'boolean' ? String(value) : nonEmptyText(value)?.toLowerCase();
}

/**
 * Reads page after page, until one is not full or, of a list that is in order, begins before the
 * instant. No answer if any page cannot be read: what is missing could be the task.
 */
async function readList(
  call: SearchCall,
  { client }: TaskSearchDeps,
  sinceMs: number,
  signal: AbortSignal,
): Promise<ListOutcome> {
  const tasks: ListedTask[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const read = readPage(call, await client.get(call.path(page), signal));
    if (typeof read === 'string') return { kind: 'no-answer', detail: read };
    tasks.push(...read);
    if (read.length < call.pageSize || isPast(tasks, sinceMs)) return { kind: 'listed', tasks };
  }
  return { kind: 'no-answer', detail: `more than ${MAX_PAGES} pages` };
}

/** Whether a list that has the newest task first has passed an instant. */
function isPast(tasks: readonly ListedTask[], sinceMs: number): boolean {
  const times = tasks.map(({ createdAt }) => createdAt);
  const isInOrder = times.every((at, index) => at <= (times[index - 1] ?? Infinity));
  return isInOrder && (times.at(-1) ?? Infinity) < sinceMs;
}

/** The tasks of a page, or why it cannot be read. */
function readPage(call: SearchCall, result: HttpResult): ListedTask[] | string {
  if (result.kind !== 'answer') return result.detail;
  const { status, body } = result;
  if (status !== 200 || body.kind !== 'text') return `HTTP ${status}`;
  const items = valueAt(parseJsonWithBigInts(body.text), call.itemsPath);
  if (!Array.isArray(items)) return `HTTP ${status}, no list`;
  const tasks = items.map((item: unknown) => readItem(call, item));
  const readable = tasks.filter((task) => task !== undefined);
  return readable.length === tasks.length ? readable : `HTTP ${status}, unreadable task`;
}

function readItem(call: SearchCall, item: unknown): ListedTask | undefined {
  const providerTaskId = usableTaskId(valueAt(item, call.idPath));
  const seconds = valueAt(item, call.createdAtPath);
  if (!isObject(item) || providerTaskId === undefined || typeof seconds !== 'number') {
    return undefined;
  }
  return { providerTaskId, createdAt: seconds * SECOND_MS, facts: factsIn(item, call.repeats) };
}
