import type { Clock, Log } from '../../app/ports/core.ts';
import type { MembershipStanding } from '../../app/ports/metrics-port.ts';
import { SLOTS } from '../../domain/slots.ts';
import { createHeldSlots } from './held-slots.ts';
import type { HeldSlots, SlotWork } from './held-slots.ts';
import { createLease } from './lease.ts';
import type { Lease } from './lease.ts';
import { lookAtSlots } from './look-at-slots.ts';
import { hasCompany } from './member-rows.ts';
import type { SeenMember } from './member-rows.ts';
import type { NamedAmounts } from './member-settings.ts';
import { createMemberViews } from './member-views.ts';
import { renewLease, sayLeaving } from './renew-lease.ts';
import { repeat } from './repeat.ts';
import type { Repeated } from './repeat.ts';
import type { Self } from './self.ts';
import { SESSION_LIMITS } from './session.ts';
import { openSessions } from './sessions.ts';
import type { Sessions, SessionsOptions } from './sessions.ts';
import { watchSessions } from './watch-sessions.ts';

/** Times of a membership, in milliseconds. */
interface MembershipPace {
  readonly renewMs: number;
  /** How often dead members are removed, and free slots get an owner. */
  readonly checkMs: number;
  /** By how much a lease ends earlier for its holder than for the database. */
  readonly marginMs: number;
}

export interface MembershipOptions extends Omit<SessionsOptions, 'isLeaving' | 'watcher'> {
  readonly clock: Clock;
  readonly log: Log;
  readonly work: SlotWork;
  /**
   * Into how many shards the gateway is divided; one, if not given. Slots go from process to process by
   * their shards, so that who has a shard has its servers too.
   */
  readonly shards?: number;
  /**
   * Whether what this process has in flight fits an equal share among so many members. Until it does,
   * this one does not say that it counts a new member, which has no share before that.
   */
  readonly fitsShare?: (members: number) => boolean;
  readonly pace?: MembershipPace;
  /** It gets no slots before `serve` is called. */
  readonly waits?: boolean;
}

const DEFAULTS = {
  shards: 1,
  fitsShare: (): boolean => true,
  applied: (): NamedAmounts => ({}),
  waits: false,
  pace: { renewMs: 3000, checkMs: 400, marginMs: 1000 },
  limits: SESSION_LIMITS,
};

/** What a process is among those of a database. */
export interface Membership {
  readonly sessions: Sessions;
  /**
   * Whether it is still a member for this many milliseconds. Its slots are no other process's then,
   * unless its connections broke, which others may see before it does; a commit fails in any case.
   */
  isValidFor(ms: number): boolean;
  /** Whether a slot is this process's, and loaded; while it is handed over, until its row is freed. */
  owns(slot: number): boolean;
  /** The slots that it serves; those that it hands over are left out. */
  servedSlots(): readonly number[];
  /** What metrics show of it. */
  standing(): MembershipStanding;
  /** Whether it does what one process alone has to do. */
  isFirst(): boolean;
  /** All members at its last renewal, the eldest first. */
  members(): readonly SeenMember[];
  /** How many of the places of all processes are its own now. */
  placesOf(limit: number): number;
  /** Says how many creates were being sent by the records of these slots when they were taken up. */
  foundCreates(slots: ReadonlySet<number>, creates: number): void;
  /**
   * Calls `then` when there may be mail: with the slot by a notice, and for any slot when one is loaded,
   * and at each renewal.
   */
  readonly onMail: (then: (slot?: number) => void) => void;
  /** Calls `then` when a process has reported something of a provider. */
  readonly onProviderNotice: (then: () => void) => void;
  /** Renews the lease at once, so that others hear soon what this process says. */
  renew(): void;
  /** From then on it gets its share of the slots. */
  serve(): Promise<void>;
  /** Whether another process serves slots now. Rejects if the database does not answer. */
  hasCompany(): Promise<boolean>;
  /**
   * Hands over all its slots, and ends when `before` has resolved then. It takes as long as their work;
   * `close` ends it before.
   */
  leave(before?: () => Promise<void>): Promise<void>;
  /** Ends at once; slots that it still owns are free by that. */
  close(): Promise<void>;
}

/** Becomes a member. Rejects if the database cannot be reached, or a living process has its name. */
export async function openMembership(options: MembershipOptions): Promise<Membership> {
  const given = { ...DEFAULTS, ...options };
  const { clock, log, shards, fitsShare, applied, pace, limits, waits } = given;
  const mail = createSignal();
  const providers = createSignal();
  const empty = createSignal();
  const changed = (): void => {
    looks.now();
    mail.give();
    if (held.all().length === 0) empty.give();
  };
  const held = createHeldSlots({ ...options, shards, changed });
  const lease = createLease(clock, { ...limits, ...pace });
  const self: Self = { now: undefined, isLeaving: waits, entries: 0, removals: 0 };
  const looks = repeat(clock, pace.checkMs, async () => lookAtSlots(self, { held, log }));
  const renewals: Repeated = repeat(clock, pace.renewMs, async () => {
    const { leaseMs } = limits;
    await renewLease(self, { clock, log, lease, leaseMs, applied, again: renewals.now });
    mail.give();
  });
  const watcher = watchSessions(self, {
    log,
    held,
    lease,
    renew: renewals.now,
    look: looks.now,
    checkMail: mail.give,
    checkProviders: providers.give,
    createViews: (member) => createMemberViews(clock, member, { ...pace, fitsShare }),
  });
  const stop = async (): Promise<void> => {
    await Promise.all([renewals.stop(), looks.stop()]);
    empty.give();
  };
  const isLeaving = (): boolean => self.isLeaving;
  const opening = openSessions({ ...options, isLeaving, watcher });
  const sessions = await opening.catch(async (cause: unknown) =>
    stop().then(() => Promise.reject(cause)),
  );
  const close = async (): Promise<void> => {
    lease.end();
    // What a look or a renewal still finds out about its row is no news.
    self.now = undefined;
    await Promise.all([stop(), sessions.close()]);
  };
  return {
    sessions,
    ...standingOf(self, held, lease),
    foundCreates(slots, creates) {
      if (slots.size < SLOTS) return;
      self.now?.views.foundAll(creates);
      renewals.now();
    },
    onMail: mail.on,
    onProviderNotice: providers.on,
    ...sharing(self, { held, empty, close, looks, renewals }),
    hasCompany: async () => askForCompany(sessions),
    close,
  };
}

async function askForCompany(sessions: Sessions): Promise<boolean> {
  const session = await sessions.open();
  return hasCompany(session.read, session.member);
}

/** What a process is now. */
function standingOf(self: Self, held: HeldSlots, lease: Lease) {
  return {
    isValidFor: lease.isValidFor,
    owns: held.owns,
    servedSlots: held.ready,
    standing: () => ({
      processes: self.now?.views.now().length ?? 0,
      leaseLeftMs: lease.leftMs(),
      entries: self.entries,
      removals: self.removals,
    }),
    isFirst: () => held.owns(0),
    members: () => self.now?.views.now() ?? [],
    placesOf: (limit: number) => self.now?.views.placesOf(limit) ?? 0,
  };
}

/** Whether a process shares the slots, from its first to its last. */
function sharing(
  self: Self,
  deps: {
    readonly held: Pick<HeldSlots, 'all'>;
    /** Called when it has none. */
    readonly empty: Pick<ReturnType<typeof createSignal>, 'on'>;
    readonly looks: Pick<Repeated, 'now'>;
    readonly renewals: Pick<Repeated, 'now'>;
    readonly close: () => Promise<void>;
  },
): Pick<Membership, 'renew' | 'serve' | 'leave'> {
  const { held, empty, looks, renewals, close } = deps;
  const say = async (isLeaving: boolean): Promise<void> => {
    self.isLeaving = isLeaving;
    await sayLeaving(self);
    looks.now();
    // It has no places before a renewal has seen that it shares.
    renewals.now();
  };
  return {
    renew: renewals.now,
    serve: async () => say(false),
    async leave(before) {
      await say(true);
      if (held.all().length > 0) await new Promise<unknown>((resolve) => empty.on(resolve));
      await before?.();
      await close();
    },
  };
}

/** Calls everyone that waits, each time. */
function createSignal() {
  const waiting = new Set<(slot?: number) => void>();
  return {
    on: (then: (slot?: number) => void): void => void waiting.add(then),
    give: (slot?: number): void => {
      for (const then of waiting) then(slot);
    },
  };
}
