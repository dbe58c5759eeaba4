import type { Log } from '../../app/ports/core.ts';
import type { HeldSlots } from './held-slots.ts';
import { passNoticeOn } from './inbox-rows.ts';
import type { Lease } from './lease.ts';
import { MAIL_FOR_ALL, mailChannelOf } from './mail-channel.ts';
import { MEMBERS_CHANNEL } from './member-rows.ts';
import type { MemberViews } from './member-views.ts';
import { isNow } from './self.ts';
import type { Self } from './self.ts';
import type { PostgresSession } from './session.ts';
import type { SessionWatcher } from './sessions.ts';

interface WatchDeps extends Hearing {
  readonly lease: Lease;
  readonly createViews: (member: string) => MemberViews;
}

/** What follows from each session of a process for its lease and its slots. */
export function watchSessions(self: Self, deps: WatchDeps): SessionWatcher {
  const { held, lease, createViews, renew, look, log } = deps;
  let isFirst = true;
  return {
    entered(session) {
      self.entries += 1;
      self.now = { session, views: createViews(session.member), isInUse: false };
      lease.renewedAt(session.leasedAtMs);
      session.onEnd(() => {
        if (self.now?.session !== session) return;
        // Its lock is free, so its slots may be another one's at any moment.
        lease.end();
        self.now = undefined;
      });
      hearNotices(self, session, deps);
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
      log.warn({}, 'removed by the other processes: drops what it has, and joins again');
      await held.lose(held.all());
    },
  };
}

/** What notices of other processes lead to. */
interface Hearing {
  readonly held: HeldSlots;
  readonly renew: () => void;
  readonly look: () => void;
  readonly checkMail: (slot: number) => void;
  readonly checkProviders: () => void;
  readonly log: Log;
}

function hearNotices(self: Self, session: PostgresSession, deps: Hearing): void {
  const { held, renew, look, checkMail, checkProviders, log } = deps;
  const { read, member } = session;
  const ownMail = mailChannelOf(member);
  session.onNotice((channel, payload) => {
    if (!isNow(self, session)) return;
    if (channel === 'clapper_slots') look();
    else if (channel === MEMBERS_CHANNEL && payload !== member) renew();
    else if (channel === 'clapper_provider') checkProviders();
    else if (channel === MAIL_FOR_ALL) checkMail(Number(payload));
    else if (channel === ownMail) {
      const slot = Number(payload);
      checkMail(slot);
      if (held.ready().includes(slot)) return;
      // Its sender saw an owner that this process is not any more.
      passNoticeOn(read, member, slot).catch((cause: unknown) => {
        log.debug({ err: cause, slot }, 'notice of a letter could not be passed on');
      });
    }
  });
}
