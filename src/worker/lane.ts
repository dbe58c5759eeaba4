import TinyQueue from 'tinyqueue';

/** A task waiting for its time, in milliseconds since the epoch. */
export interface Waiting {
  readonly taskId: string;
  readonly at: number;
}

/** Tasks of one kind of step: those that wait, earliest first, and how many run. */
export interface Lane {
  readonly queue: TinyQueue<Waiting>;
  readonly limit: number;
  running: number;
}

export function createLane(limit: number): Lane {
  return { queue: new TinyQueue<Waiting>([], (a, b) => a.at - b.at), limit, running: 0 };
}

/** Takes out the tasks that are due and have room to run; tells when the next one is due. */
export function takeDue(lane: Lane, now: number): { due: Waiting[]; nextAt: number } {
  const due: Waiting[] = [];
  while (lane.running + due.length < lane.limit) {
    const head = lane.queue.peek();
    if (head === undefined) return { due, nextAt: Infinity };
    if (head.at > now) return { due, nextAt: head.at };
    lane.queue.pop();
    due.push(head);
  }
  return { due, nextAt: Infinity };
}
