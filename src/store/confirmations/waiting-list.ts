import type { Clock } from '../../app/ports/core.ts';
import { OFFER_MS } from '../../domain/tasks/confirmable-until.ts';

/** How many confirmations of one member may wait at a time; each may be several kilobytes. */
const MAX_PER_MEMBER = 100;

/** The confirmations that this process has seen and that may still be used. */
export interface WaitingList {
  /** Returns the ids that exceed the member's limit, the oldest first. */
  add(memberId: string, id: string): readonly string[];
  /** One was opened again, and may be used for as long as a new one. */
  renew(id: string): void;
  remove(ids: Iterable<string>): void;
  /** How many are in memory. */
  size(): number;
}

interface Waiting {
  readonly memberId: string;
  /** In milliseconds of the monotonic clock, by which an end in a wrong clock's time says nothing. */
  readonly sinceMs: number;
}

/**
 * Creates the list of one process. What has expired is forgotten by its age, because another process may
 * be the one that deletes the records. A member has theirs in the order in which they came.
 */
export function createWaitingList(clock: Pick<Clock, 'elapsed'>): WaitingList {
  /** Those that wait for longest come first. */
  const byId = new Map<string, Waiting>();
  const byMember = new Map<string, Set<string>>();

  function forget(id: string): void {
    const waiting = byId.get(id);
    if (waiting === undefined) return;
    byId.delete(id);
    const ids = byMember.get(waiting.memberId);
    ids?.delete(id);
    if (ids?.size === 0) byMember.delete(waiting.memberId);
  }

  function forgetExpired(): void {
    const sinceMs = clock.elapsed() - OFFER_MS;
    for (const [id, waiting] of byId) {
      if (waiting.sinceMs >= sinceMs) return;
      forget(id);
    }
  }

  return {
    add(memberId, id) {
      forgetExpired();
      forget(id);
      byId.set(id, { memberId, sinceMs: clock.elapsed() });
      const ids = byMember.get(memberId) ?? new Set();
      byMember.set(memberId, ids.add(id));
      const exceeding = [...ids].slice(0, -MAX_PER_MEMBER);
      for (const old of exceeding) forget(old);
      return exceeding;
    },
    renew(id) {
      const waiting = byId.get(id);
      if (waiting === undefined) return;
      byId.delete(id);
      byId.set(id, { ...waiting, sinceMs: clock.elapsed() });
    },
    remove(ids) {
      for (const id of ids) forget(id);
    },
    size: () => byId.size,
  };
}
