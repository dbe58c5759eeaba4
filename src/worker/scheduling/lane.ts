import TinyQueue from 'tinyqueue';
import { isOlderSnowflake } from '../../domain/tasks/snowflake.ts';

/** A task waiting for its time, in milliseconds of the monotonic clock. */
export interface Waiting {
  readonly taskId: string;
  readonly at: number;
}

/** Lanes that together may run no more than this. */
export interface LaneGroup {
  readonly limit: number;
  running: number;
}

/** The tasks of one kind of step: those waiting, earliest first, and the number running. */
export interface Lane {
  queue: TinyQueue<Waiting>;
  /** How many may run; called each time, because a busy provider gets fewer. */
  readonly limit: () => number;
  /** `undefined` when only its own limit counts. */
  readonly group: LaneGroup | undefined;
  running: number;
}

export function createLane(limit: () => number, group?: LaneGroup): Lane {
  return { queue: new TinyQueue<Waiting>([], compare), limit, group, running: 0 };
}

/** Orders turns by time; of tasks due together, the one accepted first comes first. */
function compare(a: Waiting, b: Waiting): number {
  return a.at - b.at || (isOlderSnowflake(a.taskId, b.taskId) ? -1 : 1);
}

/**
 * Removes and returns the tasks that are due and have room to run, drops replaced turns, and
 * returns when the next task is due.
 */
export function takeDue(
  lane: Lane,
  elapsed: number,
  isReplaced: (turn: Waiting) => boolean,
): { due: Waiting[]; nextAt: number } {
  const due: Waiting[] = [];
  const { group } = lane;
  const groupRoom = group === undefined ? Infinity : group.limit - group.running;
  const room = Math.min(lane.limit() - lane.running, groupRoom);
  while (due.length < room) {
    const head = lane.queue.peek();
    if (head === undefined) return { due, nextAt: Infinity };
    if (head.at > elapsed) return { due, nextAt: head.at };
    lane.queue.pop();
    if (!isReplaced(head)) due.push(head);
  }
  return { due, nextAt: Infinity };
}

/** Removes the turns of tasks that wait. */
export function removeFrom(lane: Lane, taskIds: ReadonlySet<string>): void {
  const left = lane.queue.data.filter(({ taskId }) => !taskIds.has(taskId));
  if (left.length < lane.queue.length) lane.queue = new TinyQueue(left, compare);
}
