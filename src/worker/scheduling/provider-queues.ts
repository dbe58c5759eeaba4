import type { Clock } from '../../app/ports/core.ts';
import { MAX_SHOWN_QUEUE_POSITION } from '../../app/ports/message-port.ts';
import { isOlderSnowflake } from '../../domain/tasks/snowflake.ts';
import { createCopyRoom } from './copy-room.ts';
import type { CopyRoom } from './copy-room.ts';

/**
 * The longest time a provider is blocked, whatever wait it asked for; then another task tries it.
 */
const MAX_BLOCK_MS = 5000;

/**
 * The queues of tasks waiting for their create, one per provider, in order of acceptance. After a
 * "busy" nothing is sent until the wait of the provider is over; then one task, and twice as many
 * after each create that is not busy.
 */
export interface ProviderQueues extends Pick<CopyRoom, 'takeCopyRoom'> {
  /** Calls `moved` with the id of each task whose position changes. */
  onMove(moved: (taskId: string) => void): void;
  /** Adds a task at its position by age, unless it is there. */
  join(provider: string, taskId: string): void;
  /** Removes a task that was sent or has ended. */
  leave(provider: string, taskId: string): void;
  /** Removes a task from any queue, when its provider is unknown. */
  drop(taskId: string): void;
  /** Counts a create in flight until the returned function is called. */
  startCreate(provider: string): () => void;
  /** Blocks a busy provider until then, in milliseconds since the epoch. */
  recordBusy(provider: string, untilMs: number): void;
  /** Doubles the concurrency after a create that was not busy. */
  recordNotBusy(provider: string): void;
  /** When the block ends, in milliseconds; `undefined` when the provider is not blocked. */
  blockedUntil(provider: string): number | undefined;
  /** How long the provider still is busy by its own words, in milliseconds; 0 when it is not. */
  busyForMs(provider: string): number;
  /** How many creates may be in flight. */
  concurrency(provider: string): number;
  /**
   * The position of a task: 1 for the next one, 0 if it is about to be sent or in no queue. Beyond
   * `MAX_SHOWN_QUEUE_POSITION` it is one more than that.
   */
  positionOf(provider: string, taskId: string): number;
}

interface Queue {
  readonly ids: string[];
  inFlight: number;
  concurrency: number;
  /** In milliseconds of the monotonic clock. */
  blockedUntilElapsed: number;
  busyUntilElapsed: number;
}

function emptyQueue(concurrency: number): Queue {
  return { ids: [], inFlight: 0, concurrency, blockedUntilElapsed: 0, busyUntilElapsed: 0 };
}

/** Creates empty queues; at most `createsAtOnce` creates of each provider are in flight. */
export function createProviderQueues(
  clock: Pick<Clock, 'now' | 'elapsed'>,
  createsAtOnce: number,
): ProviderQueues {
  const queues = new Map<string, Queue>();
  const listeners: ((taskId: string) => void)[] = [];

  const of = (provider: string): Queue => {
    const known = queues.get(provider);
    if (known !== undefined) return known;
    const queue = emptyQueue(createsAtOnce);
    queues.set(provider, queue);
    return queue;
  };
  const notifyFrom = ({ ids }: Queue, index: number): void => {
    for (const id of ids.slice(index, MAX_SHOWN_QUEUE_POSITION + 1)) {
      for (const notify of listeners) notify(id);
    }
  };
  const copyRoom = createCopyRoom();
  const leave = (queue: Queue, taskId: string): void => {
    copyRoom.leaveCopyLine(taskId);
    const index = indexFor(queue.ids, taskId);
    if (queue.ids[index] !== taskId) return;
    queue.ids.splice(index, 1);
    notifyFrom(queue, index);
  };
  return {
    onMove(moved) {
      listeners.push(moved);
    },
    takeCopyRoom: (provider, need) => copyRoom.takeCopyRoom(provider, need),
    ...createPacing(of, clock, { createsAtOnce, notifyFrom }),
    join(provider, taskId) {
      const queue = of(provider);
      const index = indexFor(queue.ids, taskId);
      if (queue.ids[index] === taskId) return;
      queue.ids.splice(index, 0, taskId);
      notifyFrom(queue, index + 1);
    },
    leave(provider, taskId) {
      leave(of(provider), taskId);
    },
    drop(taskId) {
      for (const queue of queues.values()) leave(queue, taskId);
    },
    positionOf(provider, taskId) {
      const queue = of(provider);
      const index = indexFor(queue.ids, taskId);
      if (queue.ids[index] !== taskId) return 0;
      const free = Math.max(queue.concurrency - queue.inFlight, 0);
      const isBlocked = queue.blockedUntilElapsed > clock.elapsed();
      return !isBlocked && index < free ? 0 : Math.min(index, MAX_SHOWN_QUEUE_POSITION) + 1;
    },
  };
}

/** The part of the queues that limits how fast creates are sent. */
function createPacing(
  of: (provider: string) => Queue,
  clock: Pick<Clock, 'now' | 'elapsed'>,
  {
    createsAtOnce,
    notifyFrom,
  }: {
    readonly createsAtOnce: number;
    readonly notifyFrom: (queue: Queue, index: number) => void;
  },
): Pick<
  ProviderQueues,
  'startCreate' | 'recordBusy' | 'recordNotBusy' | 'blockedUntil' | 'busyForMs' | 'concurrency'
> {
  return {
    startCreate(provider) {
      const queue = of(provider);
      queue.inFlight += 1;
      return () => {
        queue.inFlight -= 1;
      };
    },
    recordBusy(provider, untilMs) {
      const queue = of(provider);
      const busyMs = untilMs - clock.now();
      queue.busyUntilElapsed = Math.max(queue.busyUntilElapsed, clock.elapsed() + busyMs);
      const wait = Math.min(busyMs, MAX_BLOCK_MS);
      queue.blockedUntilElapsed = Math.max(queue.blockedUntilElapsed, clock.elapsed() + wait);
      queue.concurrency = 1;
      notifyFrom(queue, 0);
    },
    recordNotBusy(provider) {
      const queue = of(provider);
      queue.busyUntilElapsed = 0;
      queue.concurrency = Math.min(queue.concurrency * 2, createsAtOnce);
    },
    blockedUntil(provider) {
      const left = of(provider).blockedUntilElapsed - clock.elapsed();
      return left > 0 ? clock.now() + left : undefined;
    },
    busyForMs: (provider) => Math.max(of(provider).busyUntilElapsed - clock.elapsed(), 0),
    concurrency: (provider) => of(provider).concurrency,
  };
}

/** The index of the id, or where it would be inserted by age. */
function indexFor(ids: readonly string[], taskId: string): number {
  let from = 0;
  let to = ids.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (isOlderSnowflake(ids[middle] ?? '', taskId)) from = middle + 1;
    else to = middle;
  }
  return from;
}
