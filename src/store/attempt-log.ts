import { z } from 'zod';
import type { AttemptLine, AttemptLog, LogSummary } from '../app/ports/attempt-log-port.ts';
import type { Log } from '../app/ports/core.ts';
import { instantSchema } from '../domain/instant.ts';
import type { TaskTrace } from '../domain/tasks/restored.ts';
import { snowflakeSchema } from '../domain/tasks/snowflake.ts';
import { createGroupCommit } from './records/group-commit.ts';
import type { LineFile } from './line-file.ts';
import { createSerialQueue } from './serial-queue.ts';

const lineSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), at: instantSchema, starts: z.int().positive() }),
  z.object({
    kind: z.literal('attempt'),
    at: instantSchema,
    task: snowflakeSchema,
    number: z.int().positive(),
  }),
  z.object({ kind: z.literal('end'), at: instantSchema, task: snowflakeSchema }),
  /** Lines older than `before` were deleted. */
  z.object({ kind: z.literal('cut'), at: instantSchema, before: instantSchema }),
]);
type Line = z.output<typeof lineSchema>;

/** A line of any kind, also of another version of Clapper, which is kept as long as the others. */
const datedSchema = z.object({ kind: z.string(), at: instantSchema });

interface Job {
  readonly line: Line;
  readonly isDurable: boolean;
}

/**
 * Creates the attempt log of one store on a file. Lines that arrive during a write share the next.
 * `readOthers` reads the lines that other processes have in files of their own.
 */
export function createAttemptLog(
  file: LineFile,
  log: Log,
  readOthers: () => AsyncIterable<string> = noLines,
): AttemptLog {
  const inOrder = createSerialQueue();
  const commit = createGroupCommit<Job>(async (jobs) =>
    inOrder(async () =>
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
    started: async (starts, at) => write({ kind: 'start', at, starts }, true),
    deleteBefore: async (beforeMs) => inOrder(async () => deleteBefore(file, beforeMs)),
    inherit: async (lines, beforeMs) => inOrder(async () => inherit(file, lines, beforeMs)),
    attemptsSince: async (fromMs) =>
      inOrder(async () => attemptsSince([file.read(), readOthers()], fromMs)),
    summary: async (taskIds) =>
      inOrder(async () => summarize([file.read(), readOthers()], taskIds, log)),
  };
}

type TaskLine = Extract<Line, { task: string }>;

async function summarize(
  sources: readonly AsyncIterable<string>[],
  taskIds: ReadonlySet<string>,
  log: Log,
): Promise<LogSummary> {
  let damaged = 0;
  const found: FoundLines[] = [];
  for (const source of sources) {
    const { damaged: more, ...lines } = await findLines(source, taskIds);
    damaged += more;
    found.push(lines);
  }
  // A kill or a full disk leaves a damaged line at the end; its create was never sent.
  if (damaged > 0) log.warn({ damaged }, 'unreadable lines of the attempt log are ignored');
  return {
    hasLines: found.some(({ hasLines }) => hasLines),
    starts: Math.max(...found.map(({ starts }) => starts)),
    since: Math.max(...found.map(({ since }) => since)),
    traces: tracesOf(found.map(({ ofTasks }) => ofTasks)),
  };
}

/** What one process has written. */
interface FoundLines extends Pick<LogSummary, 'hasLines' | 'starts' | 'since'> {
  readonly ofTasks: readonly TaskLine[];
}

async function findLines(
  source: AsyncIterable<string>,
  taskIds: ReadonlySet<string>,
): Promise<FoundLines & { readonly damaged: number }> {
  let [hasLines, starts, since, damaged] = [false, 0, 0, 0];
  const ofTasks: TaskLine[] = [];
  for await (const text of source) {
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
    else if (line !== undefined && taskIds.has(line.task)) ofTasks.push(line);
  }
  return { hasLines, starts, since, damaged, ofTasks };
}

function tracesOf(found: readonly (readonly TaskLine[])[]): Map<string, TaskTrace> {
  const traces = new Map<string, TaskTrace>();
  for (const line of found.flat()) traces.set(line.task, addToTrace(traces.get(line.task), line));
  return traces;
}

async function* noLines(): AsyncGenerator<string> {
  // Only one process writes.
}

async function attemptsSince(
  sources: readonly AsyncIterable<string>[],
  fromMs: number,
): Promise<AttemptLine[]> {
  const attempts: AttemptLine[] = [];
  for (const source of sources) {
    for await (const text of source) {
      const line = lineSchema.safeParse(parseJson(text)).data;
      if (line?.kind !== 'attempt' || line.at < fromMs) continue;
      attempts.push({ taskId: line.task, number: line.number, at: line.at });
    }
  }
  return attempts;
}

function addToTrace(
  { attempts, endedAt }: TaskTrace = { attempts: [] },
  line: TaskLine,
): TaskTrace {
  const ended = endedAt === undefined ? {} : { endedAt };
  switch (line.kind) {
    case 'attempt':
      return { attempts: [...attempts, { number: line.number, at: line.at }], ...ended };
    case 'end':
      return { attempts, endedAt: Math.max(endedAt ?? 0, line.at) };
  }
}

async function deleteBefore(file: LineFile, beforeMs: number): Promise<number> {
  const [lastStart, since] = await findStartAndCut(file);
  let removed = 0;
  let index = 0;
  for await (const text of file.read()) {
    if (isExpired(text, beforeMs) && index !== lastStart) removed += 1;
    index += 1;
  }
  if (removed > 0) await file.replace(remainingLines(file, { beforeMs, lastStart, since }));
  return removed;
}

async function inherit(
  file: LineFile,
  lines: AsyncIterable<string>,
  beforeMs: number,
): Promise<boolean> {
  const left = await findLeft(lines, beforeMs);
  if (left === undefined) return false;
  const { last, since } = left;
  const own = await findLines(file.read(), new Set());
  const inherited: Line[] = [
    // The last one of a file is never deleted, so a lower one must not follow.
    ...(last !== undefined && last.starts > own.starts ? [last] : []),
    ...(since > own.since ? [{ kind: 'cut', at: since, before: since } as const] : []),
  ];
  await file.append(
    inherited.map((line) => JSON.stringify(line)),
    true,
  );
  return true;
}

type StartLine = Extract<Line, { kind: 'start' }>;

/** The highest start of lines that are all too old, and before when lines are gone; else `undefined`. */
async function findLeft(
  lines: AsyncIterable<string>,
  beforeMs: number,
): Promise<{ readonly last: StartLine | undefined; readonly since: number } | undefined> {
  let last: StartLine | undefined;
  let since = beforeMs;
  for await (const text of lines) {
    const line = lineSchema.safeParse(parseJson(text)).data;
    if (line?.kind === 'cut') since = Math.max(since, line.before);
    else if (!isExpired(text, beforeMs)) return undefined;
    else if (line?.kind === 'start' && line.starts > (last?.starts ?? 0)) last = line;
  }
  return { last, since };
}

/** Finds the index of the last `start` line, and the instant of the latest `cut` line. */
async function findStartAndCut(file: LineFile): Promise<[lastStart: number, since: number]> {
  let [lastStart, since, index] = [-1, 0, 0];
  for await (const text of file.read()) {
    const line = lineSchema.safeParse(parseJson(text)).data;
    if (line?.kind === 'start') lastStart = index;
    if (line?.kind === 'cut') since = Math.max(since, line.before);
    index += 1;
  }
  return [lastStart, since];
}

async function* remainingLines(
  file: LineFile,
  cutAt: { readonly beforeMs: number; readonly lastStart: number; readonly since: number },
): AsyncGenerator<string> {
  const before = Math.max(cutAt.since, cutAt.beforeMs);
  yield JSON.stringify({ kind: 'cut', at: before, before } satisfies Line);
  let index = 0;
  for await (const text of file.read()) {
    const isCut = lineSchema.safeParse(parseJson(text)).data?.kind === 'cut';
    if (index === cutAt.lastStart || !(isCut || isExpired(text, cutAt.beforeMs))) yield text;
    index += 1;
  }
}

/** Whether a line is older than `beforeMs`, or damaged and thus useless. */
function isExpired(text: string, beforeMs: number): boolean {
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
