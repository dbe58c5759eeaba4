import type { Clock } from '../../app/ports/core.ts';
import { createLane, takeDue } from './lane.ts';
import type { Lane, Waiting } from './lane.ts';

/** Until the moved task has its new turn. */
const NO_TURN: Waiting = { taskId: '', at: 0 };

/** When a task is to be looked at next, and in which lane. */
export interface Due {
  readonly lane: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface SchedulerDeps {
  readonly clock: Clock;
  /** How many steps of a lane may run at once; may change. */
  readonly laneLimit: (lane: string) => number;
  /** One step of one task; undefined: the task needs no more. Must not reject. */
  readonly step: (taskId: string, lane: string) => Promise<Due | undefined>;
}

export interface Scheduler {
  add(taskId: string, due: Due): void;
  /** Gives a waiting task another turn instead of the one that it has. */
  move(taskId: string, due: Due): void;
  /** Starts no further step; resolves when those that run have ended. */
  stop(): Promise<void>;
}

/**
 * Every unfinished task is in exactly one lane, waiting or running: the scheduler starts no two steps
 * of one task at a time. A lane that is full (a slow provider) holds up its own tasks and nobody else's. One
 * timer is set for the earliest task that may run; a pass costs what is due, not what is waiting.
 */
export function createScheduler({ clock, laneLimit, step }: SchedulerDeps): Scheduler {
  const lanes = new Map<string, Lane>();
  const running = new Set<Promise<void>>();
  /** The true turn of a task that was moved, while its old one still stands in a lane. */
  const moved = new Map<string, Waiting>();
  let cancelTimer: (() => void) | undefined;
  let isStopped = false;

  function add(taskId: string, due: Due): void {
    const lane = lanes.get(due.lane) ?? createLane(() => laneLimit(due.lane));
    lanes.set(due.lane, lane);
    // From here on as a wait: a clock that is set must not hold up, or hurry, every task.
    // Rounded up: never too soon, and a fraction would be kept in an object of its own.
    const turn = { taskId, at: Math.ceil(clock.elapsed() + due.at - clock.now()) };
    lane.queue.push(turn);
    if (moved.has(taskId)) moved.set(taskId, turn);
    pass();
  }

  /** Whether the turn was given up for another; each is met once. */
  function isGivenUp(turn: Waiting): boolean {
    const current = moved.get(turn.taskId);
    if (current === undefined || current === turn) return false;
    moved.delete(turn.taskId);
    return true;
  }

  async function run(lane: Lane, turn: Waiting, name: string): Promise<void> {
    const { taskId } = turn;
    lane.running += 1;
    const next = await step(taskId, name);
    lane.running -= 1;
    if (next === undefined) pass();
    else add(taskId, next);
  }

  function pass(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    if (isStopped) return;
    const elapsed = clock.elapsed();
    let earliest = Infinity;
    for (const [name, lane] of lanes) {
      const { due, nextAt } = takeDue(lane, elapsed, isGivenUp);
      earliest = Math.min(earliest, nextAt);
      for (const turn of due) {
        const inFlight = run(lane, turn, name).finally(() => running.delete(inFlight));
        running.add(inFlight);
      }
    }
    if (earliest < Infinity) cancelTimer = clock.after(earliest - elapsed, pass);
  }

  return {
    add,
    move(taskId, due) {
      moved.set(taskId, NO_TURN);
      add(taskId, due);
    },
    async stop() {
      isStopped = true;
      cancelTimer?.();
      await Promise.all(running);
    },
  };
}
