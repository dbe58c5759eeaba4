import { snowflakeAt, isOlderSnowflake } from '../domain/tasks/snowflake.ts';
import { findProvider } from '../domain/routes/catalogue.ts';
import type { Catalogue } from '../domain/routes/catalogue.ts';
import {
  LATE_POLL_INTERVAL_MS,
  mayStillFinish,
  nextLatePoll,
  timedOutTask,
} from '../domain/tasks/late-poll.ts';
import type { TimedOutTask } from '../domain/tasks/late-poll.ts';
import { providerOf } from '../domain/tasks/plan.ts';
import type { TaskId } from '../domain/tasks/task-id.ts';
import type { HoldActions } from './hold-actions.ts';
import { startLoop } from './loop.ts';
import type { Loop } from './loop.ts';
import type { Clock, Log, TaskStore } from './ports/core.ts';
import type { Ownership } from './ports/ownership-port.ts';
import type { ProviderPauses } from './ports/provider-pauses-port.ts';
import type { ProviderPort } from './ports/provider-port.ts';
import { MINUTE_MS } from '../domain/time-units.ts';

/**
 * At least this long between passes: each reads the recent holds, and many tasks may be due within
 * a second.
 */
const MIN_WAIT_MS = 1000;
const FAILURE_WAIT_MS = MINUTE_MS;

export interface LatePollsDeps {
  readonly store: Pick<TaskStore, 'heldIds' | 'get'>;
  readonly holds: Pick<HoldActions, 'resumePolling'>;
  readonly catalogue: Catalogue;
  readonly providers: ReadonlyMap<string, ProviderPort>;
  readonly pauses: Pick<ProviderPauses, 'until'>;
  readonly ownership: Ownership;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a task may wait before its create, in milliseconds. */
  readonly taskTimeoutMs: number;
}

/**
 * Starts polling every task that timed out, once an hour, until it expires at its provider. A task
 * that has ended is resumed, as if an admin had asked: the worker delivers it and settles or
 * releases the sides that are still held. A poll that fell into a pause of its provider is made up for
 * when that is over. Nothing else is kept besides the records, so a restart goes on from the holds.
 */
export function startLatePolls(deps: LatePollsDeps): Loop {
  const { clock, log } = deps;
  let lastPassAt = clock.elapsed();
  let missed: ReadonlySet<TaskId> = new Set();
  return startLoop(clock, async (signal) => {
    if (!clock.isSure()) return MIN_WAIT_MS;
    // Measured by the monotonic clock: if the time is corrected, no poll is repeated or skipped.
    const now = clock.now();
    const elapsed = clock.elapsed();
    const before = now - (elapsed - lastPassAt);
    try {
      const waiting = await readTimedOut(deps, now);
      lastPassAt = elapsed;
      missed = await pollDue(deps, waiting, { before, now, missed }, signal);
      return waitMs(deps, waiting, { passAt: now, now: clock.now(), missed });
    } catch (cause) {
      log.warn({ err: cause }, 'timed-out tasks not polled; trying again');
      return FAILURE_WAIT_MS;
    }
  });
}

async function readTimedOut(
  { store, catalogue, ownership, taskTimeoutMs }: LatePollsDeps,
  now: number,
): Promise<TimedOutTask[]> {
  const reachMs = Math.max(0, ...catalogue.providers.map(({ lateFinishMs }) => lateFinishMs));
  const oldest = snowflakeAt(now - reachMs - taskTimeoutMs - LATE_POLL_INTERVAL_MS);
  const ids = await store.heldIds();
  const found: TimedOutTask[] = [];
  for (const id of ids.filter((one) => !isOlderSnowflake(one, oldest))) {
    const task = await store.get(id);
    if (task === undefined || !ownership.owns(task.guildId)) continue;
    const late = timedOutTask(task);
    if (late !== undefined) found.push(late);
  }
  return found;
}

/**
 * Polls the due tasks of each provider in sequence, so that a slow provider delays only its own
 * tasks. Returns those whose provider was paused.
 */
async function pollDue(
  deps: LatePollsDeps,
  waiting: readonly TimedOutTask[],
  { before, now, missed }: { readonly before: number; readonly now: number } & Missed,
  signal: AbortSignal,
): Promise<ReadonlySet<TaskId>> {
  const due = waiting.filter(
    (late) => nextPollAt(deps, late, before) <= now || isMadeUpFor(deps, late, { now, missed }),
  );
  const paused = new Set<TaskId>();
  const ofProvider = async ([id, provider]: [string, ProviderPort]): Promise<void> => {
    for (const late of due.filter(({ task }) => providerOf(task) === id)) {
      if (signal.aborted) return;
      if (deps.pauses.until(id) === undefined) await poll(deps, provider, late, signal);
      else paused.add(late.task.id);
    }
  };
  await Promise.all([...deps.providers].map(ofProvider));
  return paused;
}

/** The tasks whose last poll fell into a pause. */
interface Missed {
  readonly missed: ReadonlySet<TaskId>;
}

/** Whether its last poll fell into a pause and is still worth making. */
function isMadeUpFor(
  { catalogue }: LatePollsDeps,
  late: TimedOutTask,
  { now, missed }: { readonly now: number } & Missed,
): boolean {
  const provider = findProvider(catalogue, providerOf(late.task));
  return missed.has(late.task.id) && provider !== undefined && mayStillFinish(late, provider, now);
}

async function poll(
  { holds, log }: LatePollsDeps,
  provider: ProviderPort,
  { task, providerTaskId }: TimedOutTask,
  signal: AbortSignal,
): Promise<void> {
  try {
    const answer = await provider.query(providerTaskId, signal);
    log.info({ taskId: task.id, answer: answer.kind }, 'timed-out task polled');
    if (answer.kind !== 'finished' && answer.kind !== 'failed') return;
    await holds.resumePolling(task.id);
  } catch (cause) {
    // The other tasks are still polled, and this one again in an hour.
    log.warn({ err: cause, taskId: task.id }, 'timed-out task not polled');
  }
}

/**
 * How long until the first task is due, in milliseconds. A task that times out later is due an hour
 * after that at the earliest.
 */
function waitMs(
  deps: LatePollsDeps,
  waiting: readonly TimedOutTask[],
  { passAt, now, missed }: { readonly passAt: number; readonly now: number } & Missed,
): number {
  const dueAt = waiting.map((late) => nextPollAt(deps, late, passAt));
  const pausesEnd = waiting
    .filter(({ task }) => missed.has(task.id))
    .map(({ task }) => deps.pauses.until(providerOf(task)) ?? now);
  const earliest = Math.min(...dueAt, ...pausesEnd, passAt + LATE_POLL_INTERVAL_MS);
  return Math.max(earliest - now, MIN_WAIT_MS);
}

/** When the task is due next; infinite if it is never polled again or its provider was removed. */
function nextPollAt({ catalogue }: LatePollsDeps, late: TimedOutTask, afterMs: number): number {
  const provider = findProvider(catalogue, providerOf(late.task));
  return (provider && nextLatePoll(late, provider, afterMs)) ?? Infinity;
}
