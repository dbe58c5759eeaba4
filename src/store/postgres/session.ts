import { escapeIdentifier } from 'pg';
import { BUDGET_CHANNEL } from './budget-statements.ts';
import { connect } from './connection.ts';
import type { Connection, ConnectionLimits, ConnectionTarget } from './connection.ts';
import { Fenced } from './fenced.ts';
import { MAIL_FOR_ALL, mailChannelOf } from './mail-channel.ts';
import { enterMember, lookAtMembers, MEMBERS_CHANNEL, removeMember } from './member-rows.ts';
import type { Entry } from './member-rows.ts';
import { NO_SETTINGS } from './member-settings.ts';
import type { MemberSettings, NamedAmounts } from './member-settings.ts';
import { ensureSchema } from './schema.ts';
import type { Ask } from './schema.ts';

/** Times of a membership, in milliseconds. */
export interface SessionLimits extends ConnectionLimits {
  /** How long a member that is not heard of stays one, by the database's clock. */
  readonly leaseMs: number;
}

/** A silent connection is found by a renewal, every 3 s, and its answer's limit: within the lease. */
export const SESSION_LIMITS: SessionLimits = { connectMs: 2000, answerMs: 5000, leaseMs: 15_000 };

/** What opens sessions. */
export interface SessionOptions extends ConnectionTarget {
  /** An id that no session ever had. */
  readonly newMember: () => string;
  readonly limits?: SessionLimits;
  /** What its row says of its settings. */
  readonly settings?: MemberSettings;
  /** The budgets that this process keeps to, asked for each time its row says so. */
  readonly applied?: () => NamedAmounts;
  /**
   * Called for each new session before anything is written, with two of its connections. Rejects where
   * there must be no session.
   */
  readonly admit?: (connections: Connections) => Promise<void>;
}

/** The connections by which a session is judged. */
export interface Connections {
  readonly commits: Ask;
  readonly reads: Ask;
}

/** The sessions of this process that a new one replaces. */
export interface Predecessors {
  readonly members: readonly string[];
  /** Whether this process is about to leave. */
  readonly isLeaving: boolean;
}

/** Why a session is over: a connection of it broke, its row was removed by others, or it was closed. */
type End = 'cut' | 'fenced' | 'closed';

/** Thrown when another living process has the same name. */
export class InstanceInUse extends Error {}

/**
 * One membership of a database: a row by which every commit is fenced, and three connections, so that
 * no read waits for a flush, and none for a notice. When one of them breaks, all are over. An advisory
 * lock that only this session holds says to others that it is connected.
 */
export interface PostgresSession {
  readonly member: string;
  /** The slots that came with it from the session before. */
  readonly movedSlots: readonly number[];
  /** `elapsed()` from before the lease was asked for. */
  readonly leasedAtMs: number;
  isOver(): boolean;
  /** Calls `then` once when it is over, immediately if it already is. */
  readonly onEnd: (then: (why: End) => void) => void;
  /** For reads and what may be lost in a crash of the server. */
  readonly read: Ask;
  /** For what is on disk when it resolves. */
  readonly commit: Ask;
  /** Calls `then` with the channel and the payload of each notice. */
  readonly onNotice: Connection['onNotice'];
  /** Tries for an advisory lock, which is free again when this session is over. */
  tryLock(name: string): Promise<boolean>;
  unlock(name: string): Promise<void>;
  /** Finds out whether the connections that nothing waits for are silent, which ends the session. */
  probe(): Promise<void>;
  /** Ends it because its row is not there any more; returns the error for whom that concerns. */
  endFenced(): Fenced;
  /** Ends the membership and the connections. Rejects if the row could not be removed. */
  close(): Promise<void>;
}

const CHANNELS = [
  'clapper_slots',
  MAIL_FOR_ALL,
  'clapper_provider',
  MEMBERS_CHANNEL,
  BUDGET_CHANNEL,
];
const UNIQUE_VIOLATION = '23505';

/**
 * Opens a session as a new member, after it has put an end to those before it. So what is read from here
 * on is what stands. Rejects with `InstanceInUse` where another member of that name lives.
 */
export async function openSession(
  options: SessionOptions,
  member: string,
  { members: before, isLeaving }: Predecessors,
): Promise<PostgresSession> {
  const { instance, clock, limits = SESSION_LIMITS } = options;
  const ends = createEnds();
  const over = (): void => ends.end('cut');
  const open = async (isDurable: boolean): Promise<Connection> =>
    connect(options, limits, { isDurable, over });
  const opened = await Promise.allSettled([open(true), open(false), open(false)]);
  const connections = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  ends.on((why) => {
    // Who closes it says goodbye first.
    if (why !== 'closed') for (const connection of connections) connection.destroy();
  });
  try {
    const failed = opened.find((one) => one.status === 'rejected');
    const [commits, reads, notices] = connections;
    if (failed !== undefined) throw failed.reason;
    if (commits === undefined || reads === undefined || notices === undefined) {
      throw new Error('the connection to the database is over');
    }
    await options.admit?.({ commits: commits.ask, reads: reads.ask });
    await ensureSchema(commits.ask);
    const channels = [...CHANNELS, mailChannelOf(member)];
    await notices.ask(channels.map((channel) => `LISTEN ${escapeIdentifier(channel)};`).join(' '));
    // The row says that the lock is held, so the lock comes first.
    await tryLock(notices.ask, `member:${member}`);
    const entered = await enter(commits.ask, clock, {
      member,
      instance,
      isLeaving,
      before,
      leaseMs: limits.leaseMs,
      settings: options.settings ?? NO_SETTINGS,
      applied: options.applied?.() ?? {},
    });
    return sessionOf({ commits, reads, notices, ends, member, ...entered });
  } catch (cause) {
    ends.end('cut');
    throw isTaken(cause) ? new InstanceInUse(`another process is the instance ${instance}`) : cause;
  }
}

/** Enters a member; where a dead one has its name, that one is removed first. */
async function enter(
  ask: Ask,
  clock: SessionOptions['clock'],
  entry: Entry,
): Promise<Pick<PostgresSession, 'movedSlots' | 'leasedAtMs'>> {
  const attempt = async () => {
    const leasedAtMs = clock.elapsed();
    return { movedSlots: await enterMember(ask, entry), leasedAtMs };
  };
  try {
    return await attempt();
  } catch (cause) {
    if (!isTaken(cause)) throw cause;
    await lookAtMembers(ask, entry.member);
    return attempt();
  }
}

function sessionOf({
  commits,
  reads,
  notices,
  ends,
  ...facts
}: Pick<PostgresSession, 'member' | 'movedSlots' | 'leasedAtMs'> &
  Readonly<Record<'commits' | 'reads' | 'notices', Connection>> & {
    readonly ends: ReturnType<typeof createEnds>;
  }): PostgresSession {
  const { member } = facts;
  let closing: Promise<void> | undefined;
  const closeNow = async (): Promise<void> => {
    try {
      if (!ends.isOver()) await removeMember(commits.ask, member);
    } finally {
      ends.end('closed');
      await Promise.all([commits, reads, notices].map(async (connection) => connection.end()));
    }
  };
  return {
    ...facts,
    isOver: ends.isOver,
    onEnd: (then) => ends.on(then),
    read: reads.ask,
    commit: commits.ask,
    onNotice: notices.onNotice,
    tryLock: async (name) => tryLock(notices.ask, name),
    async unlock(name) {
      await notices.ask(`SELECT pg_advisory_unlock(${KEY})`, [name]);
    },
    async probe() {
      const idle = [commits, notices].filter((connection) => connection.isIdle());
      await Promise.all(idle.map(async ({ ask }) => ask('SELECT 1')));
    },
    endFenced() {
      ends.end('fenced');
      return new Fenced('this process is no member of the database any more');
    },
    async close() {
      closing ??= closeNow();
      await closing;
    },
  };
}

const KEY = "hashtextextended('clapper:' || $1, 0)";

async function tryLock(ask: Ask, name: string): Promise<boolean> {
  const rows = await ask(`SELECT 1 WHERE pg_try_advisory_lock(${KEY})`, [name]);
  return rows.length > 0;
}

function isTaken(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === UNIQUE_VIOLATION;
}

/** The end of a session, which comes once. */
function createEnds() {
  const heard = new Set<(why: End) => void>();
  let ended: End | undefined;
  return {
    isOver: () => ended !== undefined,
    on(then: (why: End) => void): void {
      if (ended === undefined) heard.add(then);
      else then(ended);
    },
    end(why: End): void {
      if (ended !== undefined) return;
      ended = why;
      for (const then of heard) then(why);
      heard.clear();
    },
  };
}
