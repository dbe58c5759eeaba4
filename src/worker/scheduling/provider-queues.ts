import type { Clock } from '../../app/ports/core.ts';
import type { ProviderHold } from '../../app/ports/provider-share-port.ts';
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
  /** Calls `freed` when there may be places again that were not free at the last look. */
  onPlaces(freed: () => void): void;
  /** Looks again how many places there are; to be called whenever that may have changed. */
  checkPlaces(): void;
  /**
   * Takes a place for a create until the returned function is called; `undefined` if none is free, because
   * there are fewer by now.
   */
  startCreate(provider: string): (() => void) | undefined;
  /** How many creates are in flight, of the provider that has most. */
  mostInFlight(): number;
  /** Blocks a busy provider until then, in milliseconds since the epoch. */
  recordBusy(provider: string, untilMs: number): void;
  /**
   * Does the same with what another process reports, in milliseconds from now; 0 is a provider that is
   * not busy any more.
   */
  hearOfBusy(provider: string, reported: Pick<ProviderHold, 'blockedMs' | 'busyMs'>): void;
  /** Doubles the concurrency after a create that was not busy. */
  recordNotBusy(provider: string): void;
  /** When the block ends, in milliseconds; `undefined` when the provider is not blocked. */
  blockedUntil(provider: string): number | undefined;
  /** How long the provider still is busy by its own words, in milliseconds; 0 when it is not. */
  busyForMs(provider: string): number;
  /** How many creates may be in flight; 0 while all places are other processes'. */
  concurrency(provider: string): number;
  /**
   * The position of a task among those of this process: 1 for the next one, 0 if it is about to be sent
   * or in no queue. No task is next while all places are other processes'. Beyond
   * `MAX_SHOWN_QUEUE_POSITION` it is one more than that.
   */
  positionOf(provider: string, taskId: string): number;
}

interface Queue {
  readonly ids: string[];
  inFlight: number;
  /** How many may be in flight after a "busy", as far as there are places. */
  ramp: number;
  /** In milliseconds of the monotonic clock. */
  blockedUntilElapsed: number;
  busyUntilElapsed: number;
}

function emptyQueue(): Queue {
  return { ids: [], inFlight: 0, ramp: Infinity, blockedUntilElapsed: 0, busyUntilElapsed: 0 };
}

/**
 * Creates empty queues. `places` says how many creates of each provider this process may have in flight
 * now; what is in flight while it falls goes on.
 */
export function createProviderQueues(
  clock: Pick<Clock, 'now' | 'elapsed'>,
  places: () => number,
): ProviderQueues {
  const queues = new Map<string, Queue>();
  const listeners: ((taskId: string) => void)[] = [];

  const of = (provider: string): Queue => {
    const known = queues.get(provider);
    if (known !== undefined) return known;
    const queue = emptyQueue();
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
    ...createPlaces(queues, of, { places, notifyFrom }),
    ...createPacing(of, clock, notifyFrom),
    concurrency: (provider) => Math.min(of(provider).ramp, places()),
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
      const allowed = places();
      const free = Math.min(queue.ramp, allowed) - queue.inFlight;
      const isBlocked = queue.blockedUntilElapsed > clock.elapsed();
      if (!isBlocked && index < free) return 0;
      const before = allowed > 0 ? index : index + 1;
      return Math.min(before, MAX_SHOWN_QUEUE_POSITION) + 1;
    },
  };
}

type NotifyFrom = (queue: Queue, index: number) => void;

/** The part of the queues that limits how many creates are in flight. */
function createPlaces(
  queues: ReadonlyMap<string, Queue>,
  of: (provider: string) => Queue,
  { places, notifyFrom }: { readonly places: () => number; readonly notifyFrom: NotifyFrom },
): Pick<ProviderQueues, 'onPlaces' | 'checkPlaces' | 'startCreate' | 'mostInFlight'> {
  const listeners: (() => void)[] = [];
  let lastSeen = places();
  return {
    onPlaces(freed) {
      listeners.push(freed);
    },
    checkPlaces() {
      const seen = places();
      if (seen !== lastSeen) for (const queue of queues.values()) notifyFrom(queue, 0);
      lastSeen = seen;
      // Also where none seem to have come: there may have been fewer in between.
      if (seen > 0) for (const freed of listeners) freed();
    },
    startCreate(provider) {
      const queue = of(provider);
      if (queue.inFlight >= places()) return undefined;
      queue.inFlight += 1;
      return () => {
        queue.inFlight -= 1;
      };
    },
    mostInFlight: () => Math.max(0, ...[...queues.values()].map(({ inFlight }) => inFlight)),
  };
}

/** The part of the queues that limits how fast creates are sent. */
function createPacing(
  of: (provider: string) => Queue,
  clock: Pick<Clock, 'now' | 'elapsed'>,
  notifyFrom: NotifyFrom,
): Pick<
  ProviderQueues,
  'recordBusy' | 'hearOfBusy' | 'recordNotBusy' | 'blockedUntil' | 'busyForMs'
> {
  const block = (queue: Queue, waitMs: number): void => {
    const wait = Math.min(waitMs, MAX_BLOCK_MS);
    queue.blockedUntilElapsed = Math.max(queue.blockedUntilElapsed, clock.elapsed() + wait);
    queue.ramp = 1;
    notifyFrom(queue, 0);
  };
  return {
    recordBusy(provider, untilMs) {
      const queue = of(provider);
      const busyMs = untilMs - clock.now();
      queue.busyUntilElapsed = Math.max(queue.busyUntilElapsed, clock.elapsed() + busyMs);
      block(queue, busyMs);
    },
    hearOfBusy(provider, { blockedMs, busyMs }) {
      const queue = of(provider);
      const until = clock.elapsed() + busyMs;
      queue.busyUntilElapsed = busyMs > 0 ? Math.max(queue.busyUntilElapsed, until) : 0;
      if (blockedMs > 0) block(queue, blockedMs);
    },
    recordNotBusy(provider) {
      const queue = of(provider);
      queue.busyUntilElapsed = 0;
      queue.ramp *= 2;
    },
    blockedUntil(provider) {
      const left = of(provider).blockedUntilElapsed - clock.elapsed();
      return left > 0 ? clock.now() + left : undefined;
    },
    busyForMs: (provider) => Math.max(of(provider).busyUntilElapsed - clock.elapsed(), 0),
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
