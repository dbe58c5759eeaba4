import { HOLDS_ALL, NO_TRACE, asRestored, unknownSince } from '../domain/tasks/restored.ts';
import type { SendingRule } from '../domain/tasks/restored.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { AttemptLog, LogSummary } from './ports/attempt-log-port.ts';
import type { Clock, Log, TaskStore } from './ports/core.ts';
import type { Restore, StoreOrigin } from './ports/store-origin-port.ts';

export interface RestoredStoreDeps {
  readonly store: Pick<TaskStore, 'openIds' | 'loadOpen' | 'save'>;
  readonly attemptLog: Pick<AttemptLog, 'summary'>;
  readonly origin: StoreOrigin;
  /**
   * Whether other processes work on the store now: then it was checked, and what waits is theirs. On
   * another server it was not: there their rows are of before, and they end when they find it.
   */
  readonly hasCompany?: boolean | undefined;
  /** The best known time, and whether it is known for sure. */
  readonly clock: Pick<Clock, 'now' | 'isKnown' | 'onceKnown'>;
  readonly log: Log;
  /** Called for each task that was held. */
  readonly onHeld: (before: Task, after: Task) => void;
  /** Ends uploads for names that may have been made since. */
  readonly endUploads: () => Promise<void>;
}

/** What a start found out about its store. */
export interface RestoreCheck {
  /** The number of tasks held because they may have been sent. */
  readonly held: number;
  /** The last restore, detected now or earlier; `undefined` when the accounts are complete. */
  readonly restore: Restore | undefined;
}

/** The number of tasks read at a time. */
const READ_AT_ONCE = 100;

/**
 * Checks whether the store is older than what was done with it, and if so holds every waiting task
 * that may have been sent. Runs before anything is sent and before the bot serves interactions; if
 * killed, the next start repeats it.
 */
export async function holdIfRestored(deps: RestoredStoreDeps): Promise<RestoreCheck> {
  const checked = await check(deps);
  if (checked.restore !== undefined && checked.restore.found === undefined) recordRestoreTime(deps);
  return checked;
}

/**
 * Records when the restore was detected, once the time is known. If the process ends before, the
 * next one does it.
 */
function recordRestoreTime({ origin, clock, log }: RestoredStoreDeps): void {
  clock.onceKnown(() => {
    origin.recordRestoreTime(clock.now()).catch((cause: unknown) => {
      log.warn({ err: cause }, 'time of the restore not recorded');
    });
  });
}

async function check(deps: RestoredStoreDeps): Promise<RestoreCheck> {
  const { store, attemptLog, origin, clock, log } = deps;
  const ids = await store.openIds();
  const summary = await attemptLog.summary(new Set(ids));
  const starts = Math.max(origin.starts, summary.starts);
  const isChecked = deps.hasCompany === true && origin.server !== 'other';
  const found = isChecked ? undefined : await findRestore(deps, summary);
  if (found === undefined) {
    await recordStart(deps, starts);
    if (origin.restore !== undefined) warn(log, origin.restore, 'an earlier restore');
    return { held: 0, restore: origin.restore };
  }
  // Marked first: once the first tasks are held, the log no longer shows the difference.
  if (origin.copy === undefined) await origin.markAsCopy({ at: found.since, rule: found.rule });
  const held = await holdAll(deps, ids, { rule: found.rule, summary });
  await deps.endUploads();
  // The machine's time cannot be trusted.
  const foundAt = clock.isKnown() ? { found: clock.now() } : {};
  const restore = { since: found.since, ...foundAt };
  await origin.recordStart(starts, restore);
  log.warn({ held, why: found.why }, 'the store was restored: what may have been sent is held');
  warn(log, restore, 'this restore');
  return { held, restore };
}

function warn(log: Log, { since, found }: Restore, which: string): void {
  const until = found === undefined ? {} : { until: new Date(found).toISOString() };
  const between = { since: new Date(since).toISOString(), ...until };
  log.warn({ which, ...between }, 'what was spent in between is not in the books');
}

/** Records a start. A store with a known id works without this record. */
async function recordStart({ origin, log }: RestoredStoreDeps, starts: number): Promise<void> {
  try {
    await origin.recordStart(starts, origin.restore);
  } catch (cause) {
    if (origin.id === 'first') throw cause;
    log.warn({ err: cause }, 'start not recorded in the store');
  }
}

interface FoundRestore {
  readonly why: 'copy' | 'no-lines' | 'other-server' | 'older-than-its-lines';
  readonly since: number;
  readonly rule: SendingRule;
}

async function findRestore(
  deps: RestoredStoreDeps,
  summary: LogSummary,
): Promise<FoundRestore | undefined> {
  const { origin } = deps;
  // What is unknown began after the newest task of the store; without a task, at any time.
  const newest = async (): Promise<number> => (await origin.newestAcceptedAt()) ?? 0;
  const { copy } = origin;
  if (copy !== undefined) return { why: 'copy', since: copy.at, rule: copy.rule };
  if (origin.id === 'first') return undefined;
  // Of processes that share a server each has its own lines; that it is the one before says enough.
  if (origin.id === 'lost' || (!summary.hasLines && origin.server !== 'same')) {
    return { why: 'no-lines', since: await newest(), rule: HOLDS_ALL };
  }
  // A replica that took over may lack the last commits, and so does what was restored elsewhere.
  if (origin.server === 'other') {
    return { why: 'other-server', since: await newest(), rule: HOLDS_ALL };
  }
  const unknown = await firstUnknown(deps, summary);
  if (unknown === undefined && origin.starts >= summary.starts) return undefined;
  return {
    why: 'older-than-its-lines',
    since: Math.min(unknown ?? Infinity, await newest()),
    rule: { holdsAll: false, linesSince: summary.since },
  };
}

/** The first instant in the attempt log that the store does not know of. */
async function firstUnknown(
  { store }: RestoredStoreDeps,
  { traces }: LogSummary,
): Promise<number | undefined> {
  let first: number | undefined;
  const ids = [...traces.keys()];
  for (let from = 0; from < ids.length; from += READ_AT_ONCE) {
    for (const task of await store.loadOpen(ids.slice(from, from + READ_AT_ONCE))) {
      const since = unknownSince(task, traces.get(task.id) ?? NO_TRACE) ?? Infinity;
      if (since < (first ?? Infinity)) first = since;
    }
  }
  return first;
}

async function holdAll(
  { store, clock, onHeld }: RestoredStoreDeps,
  ids: readonly string[],
  { rule, summary }: { readonly rule: SendingRule; readonly summary: LogSummary },
): Promise<number> {
  let held = 0;
  for (let from = 0; from < ids.length; from += READ_AT_ONCE) {
    for (const task of await store.loadOpen(ids.slice(from, from + READ_AT_ONCE))) {
      const next = asRestored(task, summary.traces.get(task.id) ?? NO_TRACE, rule, clock.now());
      await store.save(next, task);
      onHeld(task, next);
      if (next.money.state === 'held' && task.money.state !== 'held') held += 1;
    }
  }
  return held;
}
