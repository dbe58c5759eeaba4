import { isUnfinished } from '../domain/tasks/unfinished.ts';
import { backoffMs } from '../domain/tasks/policy.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { EditedTask } from '../app/ports/late-edits-port.ts';
import type { Tenure } from '../app/ports/ownership-port.ts';
import type { HowLetGo } from '../app/slots/owned-slots.ts';
import type { StoredRecord } from '../app/ports/record-store-port.ts';
import type { CancelVideo } from '../app/ports/cancel-port.ts';
import { cancelStep } from './steps/cancel-step.ts';
import { deliverStep } from './steps/deliver-step.ts';
import { prepareStep } from './steps/prepare-step.ts';
import { pollStep } from './steps/poll-step.ts';
import { dueAtStart, reconcileAtStart } from './reconcile-at-start.ts';
import { createScheduler } from './scheduling/scheduler.ts';
import type { Due, Scheduler } from './scheduling/scheduler.ts';
import { isCancelledAfter, laneGroup, laneLimit } from './scheduling/task-lanes.ts';
import { submitStep } from './steps/submit-step.ts';
import { letGo, resumeSlots } from './resume-slots.ts';
import type { Resumed } from './resume-slots.ts';
import { showMessageAgain } from './show-message-again.ts';
import { createDepsIn } from './tenure-deps.ts';
import type { TenureDeps } from './tenure-deps.ts';
import { createWorkerState, currentLane, forgetTask, keepHandedOver } from './worker-state.ts';
import type { WorkerState } from './worker-state.ts';
import { notifyStep } from './steps/notify-step.ts';
import { timelessPoll } from './timeless-poll.ts';
import { logBrokenStep } from './log-broken-step.ts';
import type { StepResult, WorkerDeps } from './worker-deps.ts';
import { MINUTE_MS } from '../domain/time-units.ts';

/** A step of a locked task is retried after this, in milliseconds. */
const LOCKED_WAIT_MS = 50;

const FAILED_STEP_BACKOFF = { firstMs: 1000, maxMs: MINUTE_MS };

export interface Worker {
  /** Goes on with every unfinished task of these slots. */
  resume(slots: ReadonlySet<number>): Promise<Resumed>;
  /**
   * Ends the steps of all tasks of these slots and forgets them. Handed over: what is held back is
   * written first; rejects if that fails.
   */
  letGo(slots: ReadonlySet<number>, how: HowLetGo): Promise<void>;
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
  /**
   * Has the message of a task show how the task stands, where another process has edited it late.
   * Without waiting; never throws.
   */
  readonly showAgain: (task: EditedTask) => void;
  /** Starts no further step; resolves when the running ones have ended. */
  stop(): Promise<void>;
}

/**
 * Creates the worker, which runs the steps of all unfinished tasks. A failure in one task delays
 * only that task.
 */
export function createWorker(deps: WorkerDeps): Worker {
  const state = createWorkerState();
  const depsIn = createDepsIn(deps);
  const context: Steps = { deps, state, depsIn };
  const scheduler = createScheduler({
    clock: deps.clock,
    step: async (taskId, lane) => runStep(context, { taskId, lane }),
    laneLimit: (lane) => laneLimit(lane, (provider) => deps.queues.concurrency(provider)),
    laneGroup,
  });
  followQueues(deps, scheduler);
  deps.clock.onceKnown(() => {
    for (const [taskId, lane] of state.parked) {
      scheduler.add(taskId, { lane, at: deps.clock.now() });
    }
    state.parked.clear();
  });
  function add(task: Task): void {
    deps.liveState.record(task, task);
    // A task whose message is only edited once more does not count as active.
    if (task.stage.name === 'notifying') state.notifying.set(task.id, task.guildId);
    else deps.active.add(task);
    // In another stage its record may be missing or different: its step reads the store.
    if (task.stage.name === 'queued' || task.stage.name === 'preparing') {
      keepHandedOver(state, task);
      deps.progress.show(deps.liveState.viewOf(task));
    }
    scheduler.add(task.id, { lane: currentLane(state, task), at: deps.clock.now() });
  }
  const parts = { deps, state, scheduler, depsIn };
  return {
    resume: async (slots) => resumeSlots(parts, slots),
    letGo: async (slots, how) => letGo(parts, slots, how),
    begin: async (task, alongside) => begin(deps, state, { add, task, alongside }),
    add,
    async cancel(taskId, by) {
      const tenure = deps.ownership.tenureOf(by.guildId);
      if (tenure === undefined) return 'gone';
      if (state.locks.isLocked(taskId) && !state.cancellable.has(taskId)) return 'sent';
      const { answer, next } = await state.locks.runWhenFree(taskId, async () => {
        state.handedOver.delete(taskId);
        return cancelStep(depsIn(tenure), taskId, by);
      });
      // Its caller is notified immediately, or its provider asked what became of it.
      if (next !== undefined) {
        if (next.stage.name === 'notifying') state.notifying.set(taskId, next.guildId);
        scheduler.move(taskId, { lane: currentLane(state, next), at: deps.clock.now() });
      }
      return answer;
    },
    betweenSteps: async (taskId, work) =>
      state.locks.runWhenFree(taskId, async () => {
        state.handedOver.delete(taskId);
        return work();
      }),
    showAgain: (task) => void showMessageAgain(context, task),
    async stop() {
      await scheduler.stop();
      await deps.store.flushAll();
    },
  };
}

function followQueues({ queues, progress }: WorkerDeps, scheduler: Scheduler): void {
  queues.onMove((taskId) => {
    progress.refresh(taskId);
  });
  queues.onPlaces(() => {
    scheduler.wake();
  });
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
  if (!isWritten) await forgetTask(deps, state, id);
  return isWritten;
}

async function flush({ store, log }: WorkerDeps, taskId: string): Promise<void> {
  try {
    await store.flush(taskId);
  } catch (cause) {
    log.error({ err: cause, taskId }, 'task could not be written');
  }
}

/** Whether a provider can cancel a task. */
function cancels({ providers }: WorkerDeps, provider: string): boolean {
  return providers.get(provider)?.cancel !== undefined;
}

interface TaskInLane {
  readonly taskId: string;
  readonly lane: string;
}

/** What steps share. */
interface Steps {
  readonly deps: WorkerDeps;
  readonly state: WorkerState;
  readonly depsIn: (tenure: Tenure) => TenureDeps;
}

async function runStep(steps: Steps, turn: TaskInLane): Promise<Due | undefined> {
  const { deps, state } = steps;
  const { taskId, lane } = turn;
  // It is being cancelled right now.
  if (state.locks.isLocked(taskId)) return { lane, at: deps.clock.now() + LOCKED_WAIT_MS };
  const { cancellable } = state;
  if (isCancelledAfter(lane, (provider) => cancels(deps, provider))) cancellable.add(taskId);
  return state.locks.run(taskId, async () => {
    const next = await stepWithRetry(steps, turn).finally(() => cancellable.delete(taskId));
    // Only a step that follows at once writes what this one held back.
    const isNextAtOnce = next !== undefined && next.at <= deps.clock.now();
    if (!isNextAtOnce && deps.store.isHeldBack(taskId)) await flush(deps, taskId);
    return next;
  });
}

async function stepWithRetry(steps: Steps, turn: TaskInLane): Promise<Due | undefined> {
  const { deps, state } = steps;
  const { taskId, lane } = turn;
  try {
    const next = await step(steps, turn);
    state.failures.delete(taskId);
    return next;
  } catch (cause) {
    // A stop aborts polls and downloads; the next start resumes the task where it was.
    if (deps.signals.polls.aborted) return undefined;
    const times = state.failures.get(taskId) ?? 0;
    state.failures.set(taskId, times + 1);
    logBrokenStep(deps, { taskId, times, cause });
    const wait = backoffMs(FAILED_STEP_BACKOFF, times, deps.random);
    return { lane, at: deps.clock.now() + wait };
  }
}

async function step(steps: Steps, { taskId, lane }: TaskInLane): Promise<Due | undefined> {
  const { deps, state, depsIn } = steps;
  const handedOver = state.handedOver.get(taskId);
  state.handedOver.delete(taskId);
  const stored = handedOver ?? (await deps.store.get(taskId));
  const tenure = stored && deps.ownership.tenureOf(stored.guildId);
  if (stored === undefined || tenure === undefined) {
    // Its record was damaged and quarantined, or its first one could not be written; or it is another
    // process's.
    await forgetTask(deps, state, taskId);
    return undefined;
  }
  const currentlyIn = currentLane(state, stored);
  if (currentlyIn !== lane) {
    // Its record changed since: in this lane it could hold up others.
    keepHandedOver(state, stored);
    return { lane: currentlyIn, at: deps.clock.now() };
  }
  try {
    const next = await stepInTenure(depsIn(tenure), state, stored);
    return tenure.isOver() ? undefined : next;
  } catch (cause) {
    if (tenure.isOver()) return undefined;
    throw cause;
  }
}

async function stepInTenure(
  deps: TenureDeps,
  state: WorkerState,
  stored: Task,
): Promise<Due | undefined> {
  if (!deps.clock.isKnown()) return timelessStep(deps, state, stored);
  if (state.unreconciled.delete(stored.id)) {
    const due = await dueAfterReconciling(deps, state, stored);
    if (due !== undefined) return due;
  }
  const result = await stepForStage(deps, state, deps.liveState.withLiveState(stored));
  // Nothing of it is kept here any more.
  if (deps.tenure.isOver()) return undefined;
  if (result === undefined || !isUnfinished(result.task)) {
    deps.active.remove(stored.id);
    deps.assets.release(result?.task ?? stored);
  }
  if (result === undefined) state.notifying.delete(stored.id);
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
  if (name === 'notifying') state.notifying.set(task.id, task.guildId);
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
  if (!isUnfinished(current)) {
    deps.active.remove(stored.id);
    state.notifying.set(stored.id, stored.guildId);
  }
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
  deps: TenureDeps,
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
