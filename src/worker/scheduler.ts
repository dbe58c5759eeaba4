import type { Clock } from '../app/ports.ts';
import { createLane, takeDue } from './lane.ts';
import type { Lane } from './lane.ts';

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
  readonly step: (taskId: string) => Promise<Due | undefined>;
}

export interface Scheduler {
  add(taskId: string, due: Due): void;
  /** Starts no further step; resolves when those that run have ended. */
  stop(): Promise<void>;
}

/**
 * Every unfinished task is in exactly one lane, waiting or running, so no two steps of a task ever
 * overlap. A lane that is full (a slow provider) holds up its own tasks and nobody else's. One
 * timer is set for the earliest task that may run; a pass costs what is due, not what is waiting.
 */
export function createScheduler({ clock, laneLimit, step }: SchedulerDeps): Scheduler {
  const lanes = new Map<string, Lane>();
  const running = new Set<Promise<void>>();
  let cancelTimer: (() => void) | undefined;
  let isStopped = false;

  function add(taskId: string, due: Due): void {
    const lane = lanes.get(due.lane) ?? createLane(() => laneLimit(due.lane));
    lanes.set(due.lane, lane);
    // From here on as a wait: a clock that is set must not hold up, or hurry, every task.
    // Rounded up: never too soon, and a fraction would be kept in an object of its own.
    lane.queue.push({ taskId, at: Math.ceil(clock.elapsed() + due.at - clock.now()) });
    pass();
  }

  async function run(lane: Lane, taskId: string): Promise<void> {
    lane.running += 1;
    const next = await step(taskId);
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
    for (const lane of lanes.values()) {
      const { due, nextAt } = takeDue(lane, elapsed);
      earliest = Math.min(earliest, nextAt);
      for (const { taskId } of due) {
        const underWay = run(lane, taskId).finally(() => running.delete(underWay));
        running.add(underWay);
      }
    }
    if (earliest < Infinity) cancelTimer = clock.after(earliest - elapsed, pass);
  }

  return {
    add,
    async stop() {
      isStopped = true;
      cancelTimer?.();
      await Promise.all(running);
    },
  };
}
