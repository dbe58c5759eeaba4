import type { Clock } from '../../app/ports/core.ts';
import { MAX_SHOWN_QUEUE_POSITION } from '../../app/ports/message-port.ts';
import { findProvider } from '../../domain/routes/catalogue.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import { isOlder } from '../../domain/tasks/age.ts';

/** However long a busy provider asks one task to wait: after this another one asks it again. */
const MAX_BLOCK_MS = 5000;

/**
 * The tasks that wait to be sent, by provider, in the order in which they were accepted. After a
 * "busy" nobody is sent before the provider's wait is over; then one, and twice as many with each
 * create that is not busy.
 */
export interface ProviderQueues {
  /** Whose place changes is told by this, a task id a call. */
  onMove(moved: (taskId: string) => void): void;
  /** In its place by age; once, however often it is told. */
  join(provider: string, taskId: string): void;
  /** Sent, or over. */
  leave(provider: string, taskId: string): void;
  /** Out of whatever queue it is in: its provider is no longer known. */
  drop(taskId: string): void;
  /** A create that is under way until the returned function is called. */
  sending(provider: string): () => void;
  /** The provider was busy and is left alone until then, in milliseconds. */
  wasBusy(provider: string, untilMs: number): void;
  wasOpen(provider: string): void;
  /** Until when nobody is sent to it; undefined: somebody may be. */
  blockedUntil(provider: string): number | undefined;
  /** How many creates may be under way. */
  width(provider: string): number;
  /**
   * 1 for the next one, and 0 where a task is about to be sent or is in no queue; beyond the places
   * that are told, the first that is not.
   */
  positionOf(provider: string, taskId: string): number;
}

interface Queue {
  readonly ids: string[];
  inFlight: number;
  readonly maxWidth: number;
  width: number;
  /** In milliseconds of the clock that never goes back. */
  heldUntil: number;
}

export function createProviderQueues(
  clock: Pick<Clock, 'now' | 'elapsed'>,
  catalogue: Catalogue,
): ProviderQueues {
  const queues = new Map<string, Queue>();
  const listeners: ((taskId: string) => void)[] = [];

  const of = (provider: string): Queue => {
    const known = queues.get(provider);
    if (known !== undefined) return known;
    const maxWidth = findProvider(catalogue, provider)?.createsAtOnce ?? 1;
    const queue = { ids: [], inFlight: 0, maxWidth, width: maxWidth, heldUntil: 0 };
    queues.set(provider, queue);
    return queue;
  };
  const notifyFrom = ({ ids }: Queue, index: number): void => {
    for (const id of ids.slice(index, MAX_SHOWN_QUEUE_POSITION + 1)) {
      for (const tell of listeners) tell(id);
    }
  };
  const leave = (queue: Queue, taskId: string): void => {
    const index = indexFor(queue.ids, taskId);
    if (queue.ids[index] !== taskId) return;
    queue.ids.splice(index, 1);
    notifyFrom(queue, index);
  };
  return {
    onMove(moved) {
      listeners.push(moved);
    },
    ...paceIn(of, clock, notifyFrom),
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
      const free = Math.max(queue.width - queue.inFlight, 0);
      const isHeld = queue.heldUntil > clock.elapsed();
      return !isHeld && index < free ? 0 : Math.min(index, MAX_SHOWN_QUEUE_POSITION) + 1;
    },
  };
}

/** How fast a provider is sent to. */
function paceIn(
  of: (provider: string) => Queue,
  clock: Pick<Clock, 'now' | 'elapsed'>,
  notifyFrom: (queue: Queue, index: number) => void,
): Pick<ProviderQueues, 'sending' | 'wasBusy' | 'wasOpen' | 'blockedUntil' | 'width'> {
  return {
    sending(provider) {
      const queue = of(provider);
      queue.inFlight += 1;
      return () => {
        queue.inFlight -= 1;
      };
    },
    wasBusy(provider, untilMs) {
      const queue = of(provider);
      const wait = Math.min(untilMs - clock.now(), MAX_BLOCK_MS);
      queue.heldUntil = Math.max(queue.heldUntil, clock.elapsed() + wait);
      queue.width = 1;
      notifyFrom(queue, 0);
    },
    wasOpen(provider) {
      const queue = of(provider);
      queue.width = Math.min(queue.width * 2, queue.maxWidth);
    },
    blockedUntil(provider) {
      const left = of(provider).heldUntil - clock.elapsed();
      return left > 0 ? clock.now() + left : undefined;
    },
    width: (provider) => of(provider).width,
  };
}

/** Where the id stands, or would, by age. */
function indexFor(ids: readonly string[], taskId: string): number {
  let from = 0;
  let to = ids.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (isOlder(ids[middle] ?? '', taskId)) from = middle + 1;
    else to = middle;
  }
  return from;
}
