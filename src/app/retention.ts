import { JOURNAL_MS } from '../domain/ledger/journal-line.ts';
import type { AttemptLog } from './ports/attempt-log-port.ts';
import { startLoop } from './loop.ts';
import type { Loop } from './loop.ts';
import type { Clock, Log } from './ports/core.ts';
import type { Ownership } from './ports/ownership-port.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { RetentionStore } from './ports/retention-port.ts';
import { HOUR_MS } from '../domain/time-units.ts';

export interface RetentionDeps {
  readonly store: RetentionStore;
  readonly attemptLog: Pick<AttemptLog, 'deleteBefore'>;
  readonly ownership: Pick<Ownership, 'isFirst' | 'owns'>;
  /** Deletes what a held task has besides its money; resolves with whether there was something. */
  readonly emptyHeld: (task: Task) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
  /** Deletes files of processes that are no more, whose lines are older than an instant. */
  readonly deleteDeadFiles?: (beforeMs: number) => Promise<void>;
  /** After this a task and its prompt are deleted, in milliseconds. */
  readonly retentionMs: number;
}

/** The wait between passes, at least and at most, in milliseconds. */
const EVERY_MS = { min: 1000, max: HOUR_MS };

/** The wait while the time is not confirmed, in milliseconds: until then nothing is deleted. */
const UNCONFIRMED_WAIT_MS = 1000;

/**
 * Deletes what has expired: prompts, media and tasks after `RETENTION_DAYS`, journal lines after
 * 400 days.
 */
async function deleteExpired(deps: RetentionDeps, signal: AbortSignal): Promise<void> {
  const { store, clock, log, retentionMs } = deps;
  const now = clock.now();
  await store.repairTimes(now, signal);
  const endedBefore = now - retentionMs;
  let tasks = 0;
  let lines = 0;
  if (!signal.aborted) await store.deleteUnconfirmed(now);
  if (!signal.aborted) await store.deleteClaims(now, signal);
  if (!signal.aborted) tasks += await store.deleteRequested(signal);
  if (!signal.aborted) tasks += await store.deleteTasksEndedBefore(endedBefore, signal);
  if (!signal.aborted) await store.deleteQuarantinedBefore(endedBefore, signal);
  if (!signal.aborted) lines += await store.deleteLinesBefore(now - JOURNAL_MS, signal);
  if (tasks + lines > 0) log.info({ tasks, lines }, 'old records deleted');
}

/** Each process changes the records of its own guilds. */
async function emptyOwnHeld(
  { store, ownership, emptyHeld, clock, log, retentionMs }: RetentionDeps,
  signal: AbortSignal,
): Promise<void> {
  const tasks = await store.emptyHeld(
    clock.now() - retentionMs,
    signal,
    async (task) => ownership.owns(task.guildId) && emptyHeld(task),
  );
  if (tasks > 0) log.info({ tasks }, 'held tasks emptied');
}

/**
 * Starts deleting expired data, at least once an hour; a failed pass is repeated by the next one.
 */
export function startRetention(deps: RetentionDeps): Loop {
  const everyMs = Math.min(Math.max(deps.retentionMs / 4, EVERY_MS.min), EVERY_MS.max);
  return startLoop(deps.clock, async (signal) => {
    if (!deps.clock.isSure()) return UNCONFIRMED_WAIT_MS;
    try {
      // Each process has lines of its own, and one of them deletes what all share.
      await deps.attemptLog.deleteBefore(deps.clock.now() - deps.retentionMs);
      if (deps.ownership.isFirst()) await deleteExpired(deps, signal);
      if (!signal.aborted) await emptyOwnHeld(deps, signal);
      if (!signal.aborted) await deps.deleteDeadFiles?.(deps.clock.now() - deps.retentionMs);
    } catch (cause) {
      deps.log.warn({ err: cause }, 'old records not deleted');
    }
    return everyMs;
  });
}
