import type { Clock, Log } from '../../app/ports/core.ts';
import { Fenced } from './fenced.ts';
import { InstanceInUse, openSession, SESSION_LIMITS } from './session.ts';
import type { PostgresSession, Predecessors, SessionOptions } from './session.ts';

/** Least and greatest pause between two attempts to connect, and the one while a name is in use. */
const MIN_PAUSE_MS = 50;
const MAX_PAUSE_MS = 1000;
const NAME_PAUSE_MS = 400;

export interface SessionsOptions extends SessionOptions {
  readonly log?: Log;
  /** Whether another process of its name is waited for, as long as a lease; as if not given. */
  readonly waitsForName?: boolean;
  /** Whether this process is about to leave; asked when a session opens. */
  readonly isLeaving?: () => boolean;
  readonly watcher?: SessionWatcher;
}

/**
 * Hears of each session. While a call of it runs nothing can be committed; what has begun may read, once
 * the next session has entered.
 */
export interface SessionWatcher {
  /** A new member has entered; its connections work, but no caller has it yet. */
  entered(session: PostgresSession): void;
  /**
   * Resolves when what was lost with the session before is dropped, so that nothing decided by it is
   * committed by this one.
   */
  beforeUse(session: PostgresSession): Promise<void>;
  /** Callers have it. */
  inUse(session: PostgresSession): void;
  /** Others have removed the member. Resolves when everything that it owned is dropped. */
  fenced(): Promise<void>;
}

/** The sessions of a process, one after the other. */
export interface Sessions {
  /**
   * The one in use; throws while there is none. What is committed has been decided under it, so a commit
   * must never wait for the next one. Throws `Fenced` if the process is a member no more.
   */
  current(): PostgresSession;
  /**
   * The one in use, or what comes of the next attempt to open one: for reads, which what is dropped may
   * still have to end with, so it need not be in use yet.
   */
  open(): Promise<PostgresSession>;
  /** Calls `then` with the channel and the payload of each notice, whichever session hears it. */
  readonly onNotice: PostgresSession['onNotice'];
  /** Ends the membership; rejects if its row could not be removed, which then ends by itself. */
  close(): Promise<void>;
}

/** The state of the sessions of a process. */
interface State {
  readonly options: SessionsOptions;
  readonly closing: AbortController;
  /** The members of this process that may have a row. */
  trail: readonly string[];
  current: PostgresSession | undefined;
  /** The next one, as soon as it has entered. */
  next: Promise<PostgresSession> | undefined;
  isFenced: boolean;
  readonly hearing: Set<Parameters<PostgresSession['onNotice']>[0]>;
}

/**
 * Opens the first session, waiting as long as a lease for another process of its name, and then one
 * after each that broke, for as long as it takes. One that was fenced is followed by another only with
 * a watcher, by which everything is dropped before. Rejects if the first one cannot be opened.
 */
export async function openSessions(options: SessionsOptions): Promise<Sessions> {
  const closing = new AbortController();
  const state: State = {
    options,
    closing,
    trail: [],
    current: undefined,
    next: undefined,
    isFenced: false,
    hearing: new Set(),
  };
  await openFirst(state);
  return {
    current: () => currentOf(state),
    async open() {
      const { current, next } = state;
      return current === undefined && next !== undefined && !closing.signal.aborted
        ? next
        : currentOf(state);
    },
    onNotice: (then) => void state.hearing.add(then),
    async close() {
      const { current, next } = state;
      closing.abort();
      const opened = await next?.catch(() => undefined);
      await Promise.all([current?.close(), opened?.close()]);
    },
  };
}

function currentOf({ closing, isFenced, current }: State): PostgresSession {
  if (closing.signal.aborted) throw new Error('the store is closed');
  if (isFenced) throw new Fenced('this process is no member of the database any more');
  if (current === undefined) throw new Error('the connection to the database is cut');
  return current;
}

async function openFirst(state: State): Promise<void> {
  const { clock, limits = SESSION_LIMITS, waitsForName = true } = state.options;
  const giveUpAtMs = clock.elapsed() + (waitsForName ? limits.leaseMs : 0);
  for (;;) {
    try {
      await attempt(state);
      return;
    } catch (cause) {
      if (!(cause instanceof InstanceInUse) || clock.elapsed() > giveUpAtMs) throw cause;
      await pause(clock, NAME_PAUSE_MS, state.closing.signal);
    }
  }
}

interface Opening {
  /** Called when it can be read. */
  readonly hasEntered?: (session: PostgresSession) => void;
  /** Resolves when what a fenced session had is dropped. */
  readonly dropped?: Promise<void>;
}

async function attempt(state: State, { hasEntered, dropped }: Opening = {}): Promise<void> {
  const { newMember, isLeaving = () => false, watcher } = state.options;
  const member = newMember();
  const before: Predecessors = { members: state.trail, isLeaving: isLeaving() };
  // Its row may stand although the attempt fails. The first one's is removed like any dead one's.
  if (state.trail.length > 0) state.trail = [...state.trail, member];
  const session = await openSession(state.options, member, before);
  session.onNotice((channel, payload) => {
    for (const then of state.hearing) then(channel, payload);
  });
  watcher?.entered(session);
  hasEntered?.(session);
  await dropped;
  await watcher?.beforeUse(session);
  if (session.isOver()) throw new Error('the connection to the database is over');
  state.trail = [member];
  state.current = session;
  session.onEnd((why) => {
    state.current = undefined;
    if (state.closing.signal.aborted) return;
    if (why === 'fenced' && watcher === undefined) state.isFenced = true;
    else void openNext(state, why === 'fenced');
  });
  watcher?.inUse(session);
}

/** Opens the next session, with pauses between attempts; it drops at once, if it must. */
async function openNext(state: State, isFenced: boolean): Promise<void> {
  const { clock, watcher, log } = state.options;
  const { signal } = state.closing;
  let dropped: Promise<void> | undefined;
  let pauseMs = 0;
  const tryNext = async (hasEntered: (session: PostgresSession) => void): Promise<void> => {
    await pause(clock, pauseMs, signal);
    if (signal.aborted) throw new Error('the store is closed');
    await attempt(state, { hasEntered, dropped: dropped ?? Promise.resolve() });
  };
  while (!signal.aborted) {
    let trying = Promise.resolve();
    state.next = new Promise<PostgresSession>((resolve, reject) => {
      trying = tryNext(resolve);
      trying.catch(reject);
    });
    // Who waits for it hears of it; the loop goes on by the attempt itself.
    state.next.catch(() => undefined);
    // At once, although what begins here may have to read by the next one.
    dropped ??= isFenced ? watcher?.fenced() : Promise.resolve();
    try {
      await trying;
      state.next = undefined;
      log?.info({}, 'connected to the database again');
      return;
    } catch (cause) {
      log?.warn({ err: cause }, 'no connection to the database yet');
      pauseMs = Math.min(Math.max(pauseMs * 2, MIN_PAUSE_MS), MAX_PAUSE_MS);
    }
  }
}

/** Resolves after this time, or once the signal is aborted. */
async function pause(clock: Pick<Clock, 'after'>, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || ms === 0) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.after(ms, done);
    signal.addEventListener('abort', done, { once: true });
  });
}
