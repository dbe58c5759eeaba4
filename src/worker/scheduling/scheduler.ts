import type { Clock } from '../../app/ports/core.ts';
import type { Waiting } from './lane.ts';
import { createLanes } from './lanes.ts';
import type { LaneRules, TakenTurn } from './lanes.ts';

/** The placeholder until a moved task has its new turn. */
const NO_TURN: Waiting = { taskId: '', at: 0 };

/** When the next step of a task is due, and in which lane. */
export interface Due {
  readonly lane: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface SchedulerDeps extends LaneRules {
  readonly clock: Clock;
  /**
   * Runs one step of a task. Resolves with `undefined` if the task needs no more; must not reject.
   */
  readonly step: (taskId: string, lane: string) => Promise<Due | undefined>;
}

export interface Scheduler {
  add(taskId: string, due: Due): void;
  /** Replaces the turn of a waiting task. */
  move(taskId: string, due: Due): void;
  /**
   * Takes the turns of tasks away, whether they wait or run; resolves when no step of them runs.
   */
  drop(taskIds: ReadonlySet<string>): Promise<void>;
  /** Starts what waited for a limit that is greater now. */
  wake(): void;
  /** Starts no further step; resolves when the running ones have ended. */
  stop(): Promise<void>;
}

/**
 * Creates the scheduler. Every unfinished task is in exactly one lane, waiting or running, so no
 * two steps of a task run at a time. A full lane (a slow provider) delays only its own tasks. One
 * timer is set for the earliest task that may run, so the cost depends on what is due, not on what
 * waits.
 */
export function createScheduler({ clock, step, ...rules }: SchedulerDeps): Scheduler {
  const lanes = createLanes(rules);
  /** With the ids of their tasks. */
  const running = new Map<Promise<void>, string>();
  /** Tasks that get no further turn after the step that runs, as often as that was asked for. */
  const dropped = createCounts();
  /** The new turns of moved tasks whose old turns are still in a lane. */
  const moved = new Map<string, Waiting>();
  let cancelTimer: (() => void) | undefined;
  let isStopped = false;

  function add(taskId: string, due: Due): void {
    // Stored as a wait, so that a change of the clock neither delays nor hurries tasks.
    const turn = { taskId, at: wholeMs(clock.elapsed(), due.at - clock.now()) };
    lanes.push(due.lane, turn);
    if (moved.has(taskId)) moved.set(taskId, turn);
    startDue();
  }

  /** Whether the turn was replaced by another; each replaced turn comes up once. */
  function isReplaced(turn: Waiting): boolean {
    const current = moved.get(turn.taskId);
    if (current === undefined || current === turn) return false;
    moved.delete(turn.taskId);
    return true;
  }

  async function run(taken: TakenTurn): Promise<void> {
    const { taskId } = taken.turn;
    const next = await step(taskId, taken.name);
    lanes.end(taken);
    if (next === undefined || dropped.has(taskId)) startDue();
    else add(taskId, next);
  }

  function startDue(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    if (isStopped) return;
    const elapsed = clock.elapsed();
    const { taken, nextAt } = lanes.takeDue(elapsed, isReplaced);
    // Set before the steps start: one that ends at once sets a new one.
    if (nextAt < Infinity) cancelTimer = clock.after(nextAt - elapsed, startDue);
    for (const one of taken) {
      const inFlight = run(one).finally(() => running.delete(inFlight));
      running.set(inFlight, one.turn.taskId);
    }
  }

  return {
    add,
    wake: startDue,
    move(taskId, due) {
      moved.set(taskId, NO_TURN);
      add(taskId, due);
    },
    async drop(taskIds) {
      lanes.remove(taskIds);
      for (const id of taskIds) moved.delete(id);
      const ends = [...running].filter(([, id]) => taskIds.has(id));
      for (const [, id] of ends) dropped.add(id);
      await Promise.all(ends.map(async ([end]) => end));
      for (const [, id] of ends) dropped.remove(id);
    },
    async stop() {
      isStopped = true;
      cancelTimer?.();
      await Promise.all(running.keys());
    },
  };
}

/** Ids, each as often as it was added. */
function createCounts() {
  const counts = new Map<string, number>();
  return {
    has: (id: string): boolean => counts.has(id),
    add(id: string): void {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    },
    remove(id: string): void {
      const left = (counts.get(id) ?? 0) - 1;
      if (left > 0) counts.set(id, left);
      else counts.delete(id);
    },
  };
}

/**
 * The end of a wait, without a fraction, which would need a heap object. Rounded up so that it is
 * never too early; what is due already is rounded down, so that it starts at once.
 */
function wholeMs(elapsed: number, waitMs: number): number {
  return waitMs > 0 ? Math.ceil(elapsed + waitMs) : Math.floor(elapsed + waitMs);
}
