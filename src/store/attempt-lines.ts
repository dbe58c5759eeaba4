import { z } from 'zod';
import type { AttemptLog, LogSummary } from '../app/ports/attempt-log-port.ts';
import type { Log } from '../app/ports/core.ts';
import { instantSchema } from '../domain/instant.ts';
import type { TaskTrace } from '../domain/tasks/restored.ts';
import { snowflakeSchema } from '../domain/tasks/age.ts';
import { createGroupCommit } from './records/group-commit.ts';
import type { LineFile } from './line-file.ts';

const lineSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), at: instantSchema, starts: z.int().positive() }),
  z.object({
    kind: z.literal('attempt'),
    at: instantSchema,
    task: snowflakeSchema,
    number: z.int().positive(),
  }),
  z.object({ kind: z.literal('end'), at: instantSchema, task: snowflakeSchema }),
  z.object({ kind: z.literal('reopen'), at: instantSchema, task: snowflakeSchema }),
  /** What was older than `before` is not here any more. */
  z.object({ kind: z.literal('cut'), at: instantSchema, before: instantSchema }),
]);
type Line = z.output<typeof lineSchema>;

/** Of any kind, another version's too: it stays as long as the others. */
const datedSchema = z.object({ kind: z.string(), at: instantSchema });

interface Job {
  readonly line: Line;
  readonly isDurable: boolean;
}

/** The lines of one store, in a file; what comes while one is written shares the next write. */
export function createAttemptLines(file: LineFile, log: Log): AttemptLog {
  const inTurn = createTurns();
  const commit = createGroupCommit<Job>(async (jobs) =>
    inTurn(async () =>
      file.append(
        jobs.map(({ line }) => JSON.stringify(line)),
        jobs.some(({ isDurable }) => isDurable),
      ),
    ),
  );
  const write = async (line: Line, isDurable: boolean): Promise<void> =>
    commit([{ line, isDurable }]);
  return {
    attempt: async ({ taskId: task, number, at }) =>
      write({ kind: 'attempt', at, task, number }, true),
    ended: async (task, at) => write({ kind: 'end', at, task }, false),
    reopened: async (task, at) => write({ kind: 'reopen', at, task }, false),
    started: async (starts, at) => write({ kind: 'start', at, starts }, true),
    deleteBefore: async (beforeMs) => inTurn(async () => cut(file, beforeMs)),
    summary: async (taskIds) => inTurn(async () => summarize(file, taskIds, log)),
  };
}

/** One call after the other, whatever becomes of the one before. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return async (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}

async function summarize(
  file: LineFile,
  taskIds: ReadonlySet<string>,
  log: Log,
): Promise<LogSummary> {
  let [hasLines, starts, since, damaged] = [false, 0, 0, 0];
  const traces = new Map<string, TaskTrace>();
  for await (const text of file.read()) {
    if (text.trim() === '') continue;
    const json = parseJson(text);
    if (!datedSchema.safeParse(json).success) {
      damaged += 1;
      continue;
    }
    hasLines = true;
    const line = lineSchema.safeParse(json).data;
    if (line?.kind === 'start') starts = Math.max(starts, line.starts);
    else if (line?.kind === 'cut') since = Math.max(since, line.before);
    else if (line !== undefined && taskIds.has(line.task)) {
      traces.set(line.task, traced(traces.get(line.task), line));
    }
  }
  // One at the end is what a kill or a full disk leaves: nothing was sent on its account.
  if (damaged > 0) log.warn({ damaged }, 'lines of attempts that cannot be read are passed over');
  return { hasLines, starts, since, traces };
}

function traced(
  { attempts, endedAt }: TaskTrace = { attempts: [] },
  line: Extract<Line, { task: string }>,
): TaskTrace {
  const ended = endedAt === undefined ? {} : { endedAt };
  switch (line.kind) {
    case 'attempt':
      return { attempts: [...attempts, { number: line.number, at: line.at }], ...ended };
    case 'end':
      return { attempts, endedAt: line.at };
    case 'reopen':
      return { attempts };
  }
}

async function cut(file: LineFile, beforeMs: number): Promise<number> {
  const [lastStart, since] = await findNotes(file);
  let gone = 0;
  let index = 0;
  for await (const text of file.read()) {
    if (isOver(text, beforeMs) && index !== lastStart) gone += 1;
    index += 1;
  }
  if (gone > 0) await file.replace(kept(file, { beforeMs, lastStart, since }));
  return gone;
}

/** The line of the last start, by its place, and how far back the lines reached before. */
async function findNotes(file: LineFile): Promise<[lastStart: number, since: number]> {
  let [lastStart, since, index] = [-1, 0, 0];
  for await (const text of file.read()) {
    const line = lineSchema.safeParse(parseJson(text)).data;
    if (line?.kind === 'start') lastStart = index;
    if (line?.kind === 'cut') since = Math.max(since, line.before);
    index += 1;
  }
  return [lastStart, since];
}

async function* kept(
  file: LineFile,
  cutAt: { readonly beforeMs: number; readonly lastStart: number; readonly since: number },
): AsyncGenerator<string> {
  const before = Math.max(cutAt.since, cutAt.beforeMs);
  yield JSON.stringify({ kind: 'cut', at: before, before } satisfies Line);
  let index = 0;
  for await (const text of file.read()) {
    const isNote = lineSchema.safeParse(parseJson(text)).data?.kind === 'cut';
    if (index === cutAt.lastStart || !(isNote || isOver(text, cutAt.beforeMs))) yield text;
    index += 1;
  }
}

/** Old, or damaged: what cannot be read says nothing to anybody. */
function isOver(text: string, beforeMs: number): boolean {
  const json = parseJson(text);
  if (lineSchema.safeParse(json).data?.kind === 'cut') return false;
  const dated = datedSchema.safeParse(json).data;
  return dated === undefined || dated.at < beforeMs;
}

function parseJson(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return json;
  } catch {
    return undefined;
  }
}
