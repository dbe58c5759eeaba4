import TinyQueue from 'tinyqueue';
import { isOlder } from '../../domain/tasks/age.ts';

/** A task waiting for its time, in milliseconds of the clock that never goes back. */
export interface Waiting {
  readonly taskId: string;
  readonly at: number;
}

/** Tasks of one kind of step: those that wait, earliest first, and how many run. */
export interface Lane {
  readonly queue: TinyQueue<Waiting>;
  /** How many may run; asked anew each time, for a busy provider is given less. */
  readonly limit: () => number;
  running: number;
}

export function createLane(limit: () => number): Lane {
  return { queue: new TinyQueue<Waiting>([], compare), limit, running: 0 };
}

/** Of tasks due together the one accepted first: its interaction's id is the smaller number. */
function compare(a: Waiting, b: Waiting): number {
  return a.at - b.at || (isOlder(a.taskId, b.taskId) ? -1 : 1);
}

/**
 * Takes out the tasks that are due and have room to run, dropping turns that were given up; tells
 * when the next one is due.
 */
export function takeDue(
  lane: Lane,
  elapsed: number,
  isGivenUp: (turn: Waiting) => boolean,
): { due: Waiting[]; nextAt: number } {
  const due: Waiting[] = [];
  const limit = lane.limit();
  while (lane.running + due.length < limit) {
    const head = lane.queue.peek();
    if (head === undefined) return { due, nextAt: Infinity };
    if (head.at > elapsed) return { due, nextAt: head.at };
    lane.queue.pop();
    if (!isGivenUp(head)) due.push(head);
  }
  return { due, nextAt: Infinity };
}
