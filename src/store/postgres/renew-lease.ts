import type { Clock, Log } from '../../app/ports/core.ts';
import type { Lease } from './lease.ts';
import { markLeaving, renewMember } from './member-rows.ts';
import type { NamedAmounts } from './member-settings.ts';
import { isNow } from './self.ts';
import type { Self } from './self.ts';

/**
 * Renews the lease once, and finds out whether a connection is silent. A member without a row is fenced.
 * A renewal that failed is not repeated before its time: five of them are in a lease.
 */
export async function renewLease(
  self: Self,
  deps: {
    readonly clock: Pick<Clock, 'elapsed'>;
    readonly log: Log;
    readonly lease: Lease;
    readonly leaseMs: number;
    readonly applied: () => NamedAmounts;
    /** Renews once more at once, so that others hear soon whom this one counts. */
    readonly again: () => void;
  },
): Promise<void> {
  if (self.now === undefined) return;
  const { session, views } = self.now;
  const { clock, log, lease, leaseMs, applied, again } = deps;
  try {
    const sentAtMs = clock.elapsed();
    const renewal = { member: session.member, leaseMs, counts: views.counts(), applied: applied() };
    const seen = await renewMember(session.read, renewal);
    if (!isNow(self, session)) return;
    if (seen === undefined) {
      session.endFenced();
      return;
    }
    lease.renewedAt(sentAtMs);
    views.add(seen, sentAtMs);
    if (views.isUnsaid()) again();
    await session.probe();
  } catch (cause) {
    if (isNow(self, session)) log.warn({ err: cause }, 'membership could not be renewed yet');
  }
}

/** Says whether this process shares the slots; a session that opens later says so itself. */
export async function sayLeaving(self: Self): Promise<void> {
  const session = self.now?.session;
  if (session === undefined || session.isOver()) return;
  try {
    await markLeaving(session.read, session.member, self.isLeaving);
  } catch {
    // It is over, or others get the slots a little later, one by one.
  }
}
