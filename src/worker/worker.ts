import { newReference } from '../app/new-reference.ts';
import { isUnfinished } from '../domain/tasks/unfinished.ts';
import { backoffMs } from '../domain/tasks/policy.ts';
import { stageAtStart } from '../domain/tasks/resume.ts';
import { taskFound } from '../domain/tasks/task-found.ts';
import { providerOf } from '../domain/tasks/plan.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { CancelVideo } from '../app/ports/cancel-port.ts';
import { advance } from './steps/advance.ts';
import { cancelStep } from './steps/cancel-step.ts';
import { deliverStep } from './steps/deliver-step.ts';
import { pollStep } from './steps/poll-step.ts';
import { createScheduler } from './scheduling/scheduler.ts';
import type { Due, Scheduler } from './scheduling/scheduler.ts';
import { submitStep } from './steps/submit-step.ts';
import { createTaskTurns } from './task-turns.ts';
import type { TaskTurns } from './task-turns.ts';
import { notifyStep } from './steps/notify-step.ts';
import { timelessPoll } from './timeless-poll.ts';
import { providerFor, resultReachMs } from './worker-deps.ts';
import type { StepResult, WorkerDeps } from './worker-deps.ts';
import { MINUTE_MS } from '../domain/time-units.ts';

/** Steps at once: looks are short, uploads are wide; of creates the queue says how many. */
const LANE_LIMITS = { query: 16, deliver: 8, tell: 8 } as const;

/** Unfinished tasks are read so many at a time at the start. */
const READ_AT_ONCE = 100;

/** Their prompts are long, and many may wait for a slow provider. */
const MAX_HANDED_OVER = 64;

/** A step that met another one of its task looks again after this, in milliseconds. */
const OVERLAP_MS = 50;

const BROKEN_STEP_BACKOFF = { firstMs: 1000, maxMs: MINUTE_MS };

export interface Worker {
  /** Resumes every unfinished task of the guilds that this process owns; resolves with their ids. */
  start(): Promise<ReadonlySet<string>>;
  /** Takes up a task whose first record is written. */
  add(task: Task): void;
  /** Takes back a task that was not sent yet, for its caller alone. */
  readonly cancel: CancelVideo;
  /** Does work on a task while no step of it runs; the next step reads what it wrote. */
  readonly betweenSteps: <T>(taskId: string, work: () => Promise<T>) => Promise<T>;
  /** Starts no further step; resolves when those under way have ended. */
  stop(): Promise<void>;
}

/** The loop over all unfinished tasks. A fault of one task puts off that task alone. */
export function createWorker(deps: WorkerDeps): Worker {
  const memory: Memory = {
    turns: createTaskTurns(),
    broken: new Map(),
    handedOver: new Map(),
    unjudged: new Map(),
    parked: new Map(),
  };
  const scheduler = createScheduler({
    clock: deps.clock,
    step: async (taskId, lane) => runStep(deps, memory, { taskId, lane }),
    laneLimit: (lane) => laneLimit(deps, lane),
  });
  deps.queues.onMove((taskId) => {
    deps.progress.refresh(taskId);
  });
  deps.clock.onceKnown(() => {
    for (const [taskId, lane] of memory.parked) {
      scheduler.add(taskId, { lane, at: deps.clock.now() });
    }
    memory.parked.clear();
  });
  return {
    start: async () => resumeAll(deps, memory, scheduler),
    add(task) {
      deps.liveState.record(task, task);
      // Only to be told once more: it holds no place.
      if (task.stage.name !== 'notifying') deps.active.add(task);
      // In another stage it may have been written or not: its step reads what is true.
      if (task.stage.name === 'queued') {
        keepHandedOver(memory, task);
        deps.progress.show(deps.liveState.viewOf(task));
      }
      scheduler.add(task.id, { lane: laneOf(task), at: deps.clock.now() });
    },
    async cancel(taskId, memberId) {
      if (memory.turns.isTaken(taskId)) return 'sent';
      memory.handedOver.delete(taskId);
      const answer = await memory.turns.take(taskId, async () =>
        cancelStep(deps, taskId, memberId),
      );
      // Told at once.
      if (answer === 'cancelled') scheduler.move(taskId, { lane: 'tell', at: deps.clock.now() });
      return answer;
    },
    betweenSteps: async (taskId, work) =>
      memory.turns.inTurn(taskId, async () => {
        memory.handedOver.delete(taskId);
        return work();
      }),
    async stop() {
      await scheduler.stop();
    },
  };
}

async function resumeAll(
  deps: WorkerDeps,
  { unjudged }: Memory,
  scheduler: Scheduler,
): Promise<ReadonlySet<string>> {
  const ids = await deps.store.openIds();
  const taken = new Set<string>();
  for (let from = 0; from < ids.length; from += READ_AT_ONCE) {
    // Not all at once: they might not fit into memory.
    for (const task of await deps.store.loadOpen(ids.slice(from, from + READ_AT_ONCE))) {
      if (!deps.ownership.owns(task.guildId)) continue;
      const current = deps.clock.isKnown() ? await reconcileAtStart(deps, task) : task;
      resumeUnfinished(deps, scheduler, current);
      if (!deps.clock.isKnown()) unjudged.set(task.id, 0);
      taken.add(current.id);
    }
  }
  return taken;
}

function resumeUnfinished(deps: WorkerDeps, scheduler: Scheduler, task: Task): void {
  if (isUnfinished(task)) deps.active.add(task);
  deps.liveState.record(task, task);
  scheduler.add(task.id, { lane: laneOf(task), at: dueAtStart(task, deps.clock.now()) });
}

/** What this process knows beyond the store, and a restart can do without. */
interface Memory {
  /** Of steps no two of one task may overlap. */
  readonly turns: TaskTurns;
  /** How often a task's step broke in a row. */
  readonly broken: Map<string, number>;
  /** Tasks just written whose next step is due: it need not read them. */
  readonly handedOver: Map<string, Task>;
  /** Tasks taken up before the time was known, and how often each was polled since. */
  readonly unjudged: Map<string, number>;
  /** Of these, with its lane, what has nothing to do before the time is known. */
  readonly parked: Map<string, string>;
}

function keepHandedOver({ handedOver }: Memory, task: Task): void {
  if (handedOver.size < MAX_HANDED_OVER) handedOver.set(task.id, task);
}

async function runStep(
  deps: WorkerDeps,
  memory: Memory,
  { taskId, lane }: { readonly taskId: string; readonly lane: string },
): Promise<Due | undefined> {
  // It is being cancelled, or not, just now.
  if (memory.turns.isTaken(taskId)) return { lane, at: deps.clock.now() + OVERLAP_MS };
  return memory.turns.take(taskId, async () => stepOrLater(deps, memory, taskId));
}

async function stepOrLater(
  deps: WorkerDeps,
  memory: Memory,
  taskId: string,
): Promise<Due | undefined> {
  try {
    const next = await step(deps, memory, taskId);
    memory.broken.delete(taskId);
    return next;
  } catch (cause) {
    // A stop cuts looks and downloads; the task goes on where it was at the next start.
    if (deps.signals.polls.aborted) return undefined;
    const times = memory.broken.get(taskId) ?? 0;
    memory.broken.set(taskId, times + 1);
    const reference = newReference();
    deps.log.error({ err: cause, taskId, reference, times }, 'step of a task broke; trying again');
    const wait = backoffMs(BROKEN_STEP_BACKOFF, times, deps.random);
    return { lane: 'tell', at: deps.clock.now() + wait };
  }
}

async function step(deps: WorkerDeps, memory: Memory, taskId: string): Promise<Due | undefined> {
  const atHand = memory.handedOver.get(taskId);
  memory.handedOver.delete(taskId);
  const stored = atHand ?? (await deps.store.get(taskId));
  if (stored === undefined) {
    // Its record was damaged and set aside.
    await deps.progress.finish(taskId);
    deps.liveState.forget(taskId);
    deps.active.remove(taskId);
    memory.unjudged.delete(taskId);
    return undefined;
  }
  if (!deps.clock.isKnown()) return timelessStep(deps, memory, stored);
  if (memory.unjudged.delete(taskId)) {
    const due = await dueAfterJudgement(deps, stored);
    if (due !== undefined) return due;
  }
  const stepped = await stepForStage(deps, deps.liveState.withLiveState(stored));
  if (stepped === undefined || !isUnfinished(stepped.task)) deps.active.remove(taskId);
  if (stepped === undefined) return undefined;
  const { task, nextAt } = stepped;
  deps.liveState.record(task, stored);
  const { name } = task.stage;
  if (name === 'running' || name === 'queued') deps.progress.show(deps.liveState.viewOf(task));
  if (nextAt <= deps.clock.now()) keepHandedOver(memory, task);
  return { lane: laneOf(task), at: nextAt };
}

/** The first step of a task at a known time; undefined: it goes on where it was. */
async function dueAfterJudgement(deps: WorkerDeps, stored: Task): Promise<Due | undefined> {
  const current = await reconcileAtStart(deps, stored);
  deps.liveState.record(current, stored);
  if (!isUnfinished(current)) deps.active.remove(stored.id);
  const now = deps.clock.now();
  const at = dueAtStart(current, now);
  return current === stored && at <= now ? undefined : { lane: laneOf(current), at };
}

/** Until the time is known a running task is polled, and all others wait. */
async function timelessStep(
  deps: WorkerDeps,
  { parked, unjudged }: Memory,
  task: Task,
): Promise<Due | undefined> {
  const { id, stage } = task;
  const lane = laneOf(task);
  if (stage.name === 'running') {
    const polls = unjudged.get(id) ?? 0;
    unjudged.set(id, polls + 1);
    const waitMs = await timelessPoll(deps, task, stage, polls);
    if (waitMs !== undefined) return { lane, at: deps.clock.now() + waitMs };
  }
  if (deps.clock.isKnown()) return { lane, at: deps.clock.now() };
  parked.set(id, lane);
  return undefined;
}

async function stepForStage(deps: WorkerDeps, task: Task): Promise<StepResult | undefined> {
  const { stage } = task;
  switch (stage.name) {
    case 'queued':
      return submitStep(deps, task, stage);
    case 'running':
      return pollStep(deps, task, stage);
    case 'delivering':
      return deliverStep(deps, task, stage);
    case 'notifying':
      return notifyStep(deps, task, stage);
    case 'acknowledging':
    case 'submitting':
      // Whoever was about to write what came of it could not: the same as after a restart.
      return { task: await reconcileAtStart(deps, task), nextAt: deps.clock.now() };
    case 'ended':
      return undefined;
  }
}

async function reconcileAtStart(deps: WorkerDeps, task: Task): Promise<Task> {
  const isRouteOn = providerFor(deps, task) !== undefined;
  const now = deps.clock.now();
  const { taskTimeoutMs } = deps.policy;
  const resultRetentionMs = resultReachMs(deps, task);
  const found = taskFound(task, now, { taskTimeoutMs, resultRetentionMs });
  const stage = stageAtStart(found, now, isRouteOn);
  if (stage === task.stage && found === task) return task;
  const next = await advance(deps, found, stage);
  const fields = { taskId: task.id, was: task.stage.name, is: stage.name, redated: found !== task };
  deps.log.warn(fields, 'task judged at start');
  return next;
}

/**
 * What a busy provider asked for is waited for, but no longer than it was meant to be, should the
 * clock have been set back; everything else is looked at straight away.
 */
function dueAtStart({ stage }: Task, now: number): number {
  if (stage.name !== 'queued' || stage.creates + stage.notSent === 0) return now;
  const { notBefore, since = 0 } = stage;
  return Math.min(notBefore, now + notBefore - since);
}

function laneOf(task: Task): string {
  switch (task.stage.name) {
    case 'queued':
    case 'submitting':
      return `create:${providerOf(task)}`;
    case 'running':
      return `query:${providerOf(task)}`;
    case 'delivering':
      return 'deliver';
    case 'acknowledging':
    case 'notifying':
    case 'ended':
      return 'tell';
  }
}

function laneLimit({ queues }: WorkerDeps, lane: string): number {
  const [kind, provider = ''] = lane.split(':');
  if (kind === 'create') return queues.width(provider);
  return kind === 'query' || kind === 'deliver' ? LANE_LIMITS[kind] : LANE_LIMITS.tell;
}
