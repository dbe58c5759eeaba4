import { newReference } from '../app/new-reference.ts';
import { isUnfinished } from '../domain/tasks/unfinished.ts';
import { backoffMs } from '../domain/tasks/policy.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { StoredRecord } from '../app/ports/record-store-port.ts';
import type { CancelVideo } from '../app/ports/cancel-port.ts';
import { cancelStep } from './steps/cancel-step.ts';
import { deliverStep } from './steps/deliver-step.ts';
import { prepareStep } from './steps/prepare-step.ts';
import { pollStep } from './steps/poll-step.ts';
import { dueAtStart, isDownloaded, reconcileAtStart } from './reconcile-at-start.ts';
import { createScheduler } from './scheduling/scheduler.ts';
import type { Due, Scheduler } from './scheduling/scheduler.ts';
import { isCancelledAfter, laneGroup, laneLimit } from './scheduling/task-lanes.ts';
import { submitStep } from './steps/submit-step.ts';
import { createWorkerState, currentLane, keepHandedOver } from './worker-state.ts';
import type { WorkerState } from './worker-state.ts';
import { notifyStep } from './steps/notify-step.ts';
import { timelessPoll } from './timeless-poll.ts';
import type { StepResult, WorkerDeps } from './worker-deps.ts';
import { MINUTE_MS } from '../domain/time-units.ts';

/** The number of unfinished tasks read at a time at the start. */
const READ_AT_ONCE = 100;

/** A step of a locked task is retried after this, in milliseconds. */
const LOCKED_WAIT_MS = 50;

const FAILED_STEP_BACKOFF = { firstMs: 1000, maxMs: MINUTE_MS };

export interface Worker {
  /**
   * Resumes every unfinished task of the guilds that this process owns; resolves with their ids.
   */
  start(): Promise<ReadonlySet<string>>;
  /**
   * Starts a task that is in memory only: its first record says that it is being sent if it may
   * leave at once, else that it is queued, and `alongside` is written with it. Resolves with whether
   * that record is on disk; if not, nothing of the task is left.
   */
  readonly begin: (task: Task, alongside: readonly StoredRecord[]) => Promise<boolean>;
  /** Adds a task whose first record is written. */
  add(task: Task): void;
  /** Cancels a task that was not sent yet, or that waits at its provider, for those who may. */
  readonly cancel: CancelVideo;
  /** Runs work on a task while no step of it runs; the next step reads the record again. */
  readonly betweenSteps: <T>(taskId: string, work: () => Promise<T>) => Promise<T>;
  /** Starts no further step; resolves when the running ones have ended. */
  stop(): Promise<void>;
}

/**
 * Creates the worker, which runs the steps of all unfinished tasks. A failure in one task delays
 * only that task.
 */
export function createWorker(deps: WorkerDeps): Worker {
  const state = createWorkerState();
  const scheduler = createScheduler({
    clock: deps.clock,
    step: async (taskId, lane) => runStep(deps, state, { taskId, lane }),
    laneLimit: (lane) => laneLimit(lane, (provider) => deps.queues.concurrency(provider)),
    laneGroup,
  });
  deps.queues.onMove((taskId) => {
    deps.progress.refresh(taskId);
  });
  deps.clock.onceKnown(() => {
    for (const [taskId, lane] of state.parked) {
      scheduler.add(taskId, { lane, at: deps.clock.now() });
    }
    state.parked.clear();
  });
  function add(task: Task): void {
    deps.liveState.record(task, task);
    // A task whose message is only edited once more does not count as active.
    if (task.stage.name !== 'notifying') deps.active.add(task);
    // In another stage its record may be missing or different: its step reads the store.
    if (task.stage.name === 'queued' || task.stage.name === 'preparing') {
      keepHandedOver(state, task);
      deps.progress.show(deps.liveState.viewOf(task));
    }
    scheduler.add(task.id, { lane: currentLane(state, task), at: deps.clock.now() });
  }
  return {
    start: async () => resumeAll(deps, state, scheduler),
    begin: async (task, alongside) => begin(deps, state, { add, task, alongside }),
    add,
    async cancel(taskId, by) {
      if (state.locks.isLocked(taskId) && !state.cancellable.has(taskId)) return 'sent';
      const { answer, next } = await state.locks.runWhenFree(taskId, async () => {
        state.handedOver.delete(taskId);
        return cancelStep(deps, taskId, by);
      });
      // Its caller is notified immediately, or its provider asked what became of it.
      if (next !== undefined) {
        scheduler.move(taskId, { lane: currentLane(state, next), at: deps.clock.now() });
      }
      return answer;
    },
    betweenSteps: async (taskId, work) =>
      state.locks.runWhenFree(taskId, async () => {
        state.handedOver.delete(taskId);
        return work();
      }),
    async stop() {
      await scheduler.stop();
      await deps.store.flushAll();
    },
  };
}

async function begin(
  deps: WorkerDeps,
  state: WorkerState,
  {
    add,
    task,
    alongside,
  }: {
    readonly add: (task: Task) => void;
    readonly task: Task;
    readonly alongside: readonly StoredRecord[];
  },
): Promise<boolean> {
  const { id } = task;
  const written = deps.store.begin(task, alongside);
  add(task);
  // Its step did not start: its lane is full, or the worker is stopping.
  if (!state.locks.isLocked(id)) {
    await state.locks.run(id, async () => {
      // Until it is written no step may take it from memory: it would be sent without a record.
      state.handedOver.delete(id);
      await flush(deps, id);
      if (await written) keepHandedOver(state, task);
    });
  }
  const isWritten = await written;
  if (!isWritten) await forget(deps, state, id);
  return isWritten;
}

/** Forgets a task that has no record. */
async function forget(deps: WorkerDeps, state: WorkerState, taskId: string): Promise<void> {
  // Before the first await: a step that starts meanwhile must not find it.
  state.handedOver.delete(taskId);
  state.unreconciled.delete(taskId);
  state.downloads.delete(taskId);
  deps.liveState.forget(taskId);
  deps.active.remove(taskId);
  await deps.progress.finish(taskId);
  await deps.video.discard(taskId);
}

async function flush({ store, log }: WorkerDeps, taskId: string): Promise<void> {
  try {
    await store.flush(taskId);
  } catch (cause) {
    log.error({ err: cause, taskId }, 'task could not be written');
  }
}

async function resumeAll(
  deps: WorkerDeps,
  state: WorkerState,
  scheduler: Scheduler,
): Promise<ReadonlySet<string>> {
  const ids = await deps.store.openIds();
  const resumed = new Set<string>();
  for (let from = 0; from < ids.length; from += READ_AT_ONCE) {
    // Read in batches, because they might not fit into memory.
    for (const task of await deps.store.loadOpen(ids.slice(from, from + READ_AT_ONCE))) {
      if (!deps.ownership.owns(task.guildId)) continue;
      const current = deps.clock.isKnown() ? await reconcileAtStart(deps, task) : task;
      if (await isDownloaded(deps, current)) state.downloads.add(current.id);
      resumeUnfinished(deps, state, scheduler, current);
      if (!deps.clock.isKnown()) state.unreconciled.set(task.id, 0);
      resumed.add(current.id);
    }
  }
  return resumed;
}

function resumeUnfinished(
  deps: WorkerDeps,
  state: WorkerState,
  scheduler: Scheduler,
  task: Task,
): void {
  if (isUnfinished(task)) deps.active.add(task);
  deps.liveState.record(task, task);
  const at = dueAtStart(task, deps.clock.now());
  scheduler.add(task.id, { lane: currentLane(state, task), at });
}

/** Whether a provider can cancel a task. */
function cancels({ providers }: WorkerDeps, provider: string): boolean {
  return providers.get(provider)?.cancel !== undefined;
}

interface TaskInLane {
  readonly taskId: string;
  readonly lane: string;
}

async function runStep(
  deps: WorkerDeps,
  state: WorkerState,
  turn: TaskInLane,
): Promise<Due | undefined> {
  const { taskId, lane } = turn;
  // It is being cancelled right now.
  if (state.locks.isLocked(taskId)) return { lane, at: deps.clock.now() + LOCKED_WAIT_MS };
  const { cancellable } = state;
  if (isCancelledAfter(lane, (provider) => cancels(deps, provider))) cancellable.add(taskId);
  return state.locks.run(taskId, async () => {
    const next = await stepWithRetry(deps, state, turn).finally(() => cancellable.delete(taskId));
    // Only a step that follows at once writes what this one held back.
    const isNextAtOnce = next !== undefined && next.at <= deps.clock.now();
    if (!isNextAtOnce && deps.store.isHeldBack(taskId)) await flush(deps, taskId);
    return next;
  });
}

async function stepWithRetry(
  deps: WorkerDeps,
  state: WorkerState,
  turn: TaskInLane,
): Promise<Due | undefined> {
  const { taskId, lane } = turn;
  try {
    const next = await step(deps, state, turn);
    state.failures.delete(taskId);
    return next;
  } catch (cause) {
    // A stop aborts polls and downloads; the next start resumes the task where it was.
    if (deps.signals.polls.aborted) return undefined;
    const times = state.failures.get(taskId) ?? 0;
    state.failures.set(taskId, times + 1);
    const reference = newReference();
    deps.log.error({ err: cause, taskId, reference, times }, 'step of a task broke; trying again');
    const wait = backoffMs(FAILED_STEP_BACKOFF, times, deps.random);
    return { lane, at: deps.clock.now() + wait };
  }
}

async function step(
  deps: WorkerDeps,
  state: WorkerState,
  { taskId, lane }: TaskInLane,
): Promise<Due | undefined> {
  const handedOver = state.handedOver.get(taskId);
  state.handedOver.delete(taskId);
  const stored = handedOver ?? (await deps.store.get(taskId));
  if (stored === undefined) {
    // Its record was damaged and quarantined, or its first one could not be written.
    await forget(deps, state, taskId);
    return undefined;
  }
  const currentlyIn = currentLane(state, stored);
  if (currentlyIn !== lane) {
    // Its record changed since: in this lane it could hold up others.
    keepHandedOver(state, stored);
    return { lane: currentlyIn, at: deps.clock.now() };
  }
  if (!deps.clock.isKnown()) return timelessStep(deps, state, stored);
  if (state.unreconciled.delete(taskId)) {
    const due = await dueAfterReconciling(deps, state, stored);
    if (due !== undefined) return due;
  }
  const result = await stepForStage(deps, state, deps.liveState.withLiveState(stored));
  if (result === undefined || !isUnfinished(result.task)) {
    deps.active.remove(taskId);
    deps.assets.release(result?.task ?? stored);
  }
  return result && nextDue(deps, state, stored, result);
}

function nextDue(
  deps: WorkerDeps,
  state: WorkerState,
  stored: Task,
  { task, nextAt }: StepResult,
): Due {
  deps.liveState.record(task, stored);
  const { name } = task.stage;
  if (name === 'running' || name === 'queued' || name === 'preparing') {
    deps.progress.show(deps.liveState.viewOf(task));
  }
  if (nextAt <= deps.clock.now()) keepHandedOver(state, task);
  return { lane: currentLane(state, task), at: nextAt };
}

/** Reconciles a task once the time is known; `undefined` if it goes on unchanged. */
async function dueAfterReconciling(
  deps: WorkerDeps,
  state: WorkerState,
  stored: Task,
): Promise<Due | undefined> {
  const current = await reconcileAtStart(deps, stored);
  deps.liveState.record(current, stored);
  if (!isUnfinished(current)) deps.active.remove(stored.id);
  const now = deps.clock.now();
  const at = dueAtStart(current, now);
  return current === stored && at <= now ? undefined : { lane: currentLane(state, current), at };
}

/** Runs a step while the time is unknown: running tasks are polled, all others wait. */
async function timelessStep(
  deps: WorkerDeps,
  state: WorkerState,
  task: Task,
): Promise<Due | undefined> {
  const { parked, unreconciled } = state;
  const { id, stage } = task;
  const lane = currentLane(state, task);
  if (stage.name === 'running') {
    const polls = unreconciled.get(id) ?? 0;
    unreconciled.set(id, polls + 1);
    const waitMs = await timelessPoll(deps, task, stage, polls);
    if (waitMs !== undefined) return { lane, at: deps.clock.now() + waitMs };
  }
  if (deps.clock.isKnown()) return { lane, at: deps.clock.now() };
  parked.set(id, lane);
  return undefined;
}

async function stepForStage(
  deps: WorkerDeps,
  { downloads }: WorkerState,
  task: Task,
): Promise<StepResult | undefined> {
  const { stage } = task;
  switch (stage.name) {
    case 'queued':
      return submitStep(deps, task, stage);
    case 'preparing':
      return prepareStep(deps, task, stage);
    case 'running':
      return pollStep(deps, task, stage);
    case 'delivering':
      return deliverStep({ ...deps, downloads }, task, stage);
    case 'notifying':
      return notifyStep(deps, task, stage);
    case 'acknowledging':
    case 'submitting':
      // The answer could not be written: the same as after a restart.
      return { task: await reconcileAtStart(deps, task), nextAt: deps.clock.now() };
    case 'ended':
      return undefined;
  }
}
