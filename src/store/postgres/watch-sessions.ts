import type { HeldSlots } from './held-slots.ts';
import type { Lease } from './lease.ts';
import { MEMBERS_CHANNEL } from './member-rows.ts';
import type { MemberViews } from './member-views.ts';
import { isNow } from './self.ts';
import type { Self } from './self.ts';
import type { SessionWatcher } from './sessions.ts';

/** What follows from each session of a process for its lease and its slots. */
export function watchSessions(
  self: Self,
  deps: {
    readonly held: HeldSlots;
    readonly lease: Lease;
    readonly createViews: (member: string) => MemberViews;
    readonly renew: () => void;
    readonly look: () => void;
    readonly checkMail: (slot: number) => void;
    readonly checkProviders: () => void;
  },
): SessionWatcher {
  const { held, lease, createViews, renew, look, checkMail, checkProviders } = deps;
  let isFirst = true;
  return {
    entered(session) {
      self.now = { session, views: createViews(session.member), isInUse: false };
      lease.renewedAt(session.leasedAtMs);
      session.onEnd(() => {
        if (self.now?.session !== session) return;
        // Its lock is free, so its slots may be another one's at any moment.
        lease.end();
        self.now = undefined;
      });
      session.onNotice((channel, payload) => {
        if (!isNow(self, session)) return;
        if (channel === 'clapper_slots') look();
        else if (channel === MEMBERS_CHANNEL && payload !== session.member) renew();
        else if (channel === 'clapper_provider') checkProviders();
        else if (channel === 'clapper_inbox') checkMail(Number(payload));
      });
      renew();
    },
    async beforeUse(session) {
      const moved = new Set(session.movedSlots);
      const lost = held.all().filter((slot) => !moved.has(slot));
      if (lost.length > 0) await held.lose(lost);
    },
    inUse(session) {
      if (self.now?.session !== session) return;
      self.now.isInUse = true;
      held.gain(session.movedSlots);
      // After a restart of the server others come again as well, so this one does not look at once.
      if (isFirst) look();
      isFirst = false;
    },
    async fenced() {
      await held.lose(held.all());
    },
  };
}
