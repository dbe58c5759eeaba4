import { TOKEN_USE_MS } from '../domain/tasks/message-address.ts';
import { backoffMs } from '../domain/tasks/policy.ts';
import { SECOND_MS } from '../domain/time-units.ts';
import { boundedSignal } from './bounded-signal.ts';
import { pause } from './pause.ts';
import type { AttemptLog } from './ports/attempt-log-port.ts';
import type { Clock, Log, TaskStore } from './ports/core.ts';
import type { Intent, IntentLog } from './ports/intent-log-port.ts';
import type { MessagePort, MessageResult } from './ports/message-port.ts';

/** A start waits no longer for Discord to take these edits, in milliseconds. */
const AT_START_MS = 10 * SECOND_MS;

/** So many messages are edited at one time at a start. */
const AT_ONCE = 8;

/**
 * So long after its call a reply may still appear, in milliseconds: Discord takes one for three seconds,
 * also when the process that sent it has given it up or was killed.
 */
const REPLY_COMES_MS = 5 * SECOND_MS;

const BACKOFF = { firstMs: 500, maxMs: 30_000 };

export interface UnstartedCallsDeps {
  readonly intents: Pick<IntentLog, 'close' | 'keep' | 'leftOver' | 'dropLeftOver'>;
  readonly messages: Pick<MessagePort, 'sayNotStarted'>;
  readonly store: Pick<TaskStore, 'isClaimed' | 'get'>;
  readonly attemptLog: Pick<AttemptLog, 'summary'>;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly log: Log;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** Aborted when the process stops: the next start goes on. */
  readonly stopping: AbortSignal;
}

/** Tells callers whose public reply became no task that nothing began and nothing is owed. */
export interface UnstartedCalls {
  /** Of a call in this guild; in the background, for as long as the call's token is valid. */
  notify(intent: Intent, guildId: string): void;
  /**
   * The calls that earlier processes were killed in, in guilds of these slots where several processes
   * share a store; before anything of them is served. Resolves when each was notified or cannot be, or
   * after ten seconds, and then goes on in the background.
   */
  notifyLeftOver(slots?: ReadonlySet<number>): Promise<void>;
  /** Resolves when each call that is being notified was, or `stopping` is aborted. */
  settled(): Promise<void>;
}

export function createUnstartedCalls(deps: UnstartedCallsDeps): UnstartedCalls {
  const notifying = new Set<Promise<unknown>>();
  function begin(intent: Intent, guildId?: string): void {
    const done = notifyOne(deps, intent, { signal: deps.stopping, guildId }).finally(() =>
      notifying.delete(done),
    );
    notifying.add(done);
  }
  return {
    notify(intent, guildId) {
      begin(intent, guildId);
    },
    async settled() {
      await Promise.all(notifying);
    },
    async notifyLeftOver(slots) {
      const leftOver = await deps.intents.leftOver(slots);
      const unstarted = await findUnstarted(deps, leftOver);
      const left = await notifyAll(deps, unstarted);
      // What is left is found again by the next start, unless it is notified before.
      if (left.length === 0) await deps.intents.dropLeftOver(leftOver);
      for (const intent of left) begin(intent);
      if (unstarted.length > 0) {
        const fields = { calls: unstarted.length, left: left.length };
        deps.log.info(fields, 'calls that began nothing were notified');
      }
    },
  };
}

/**
 * Of no call that is known to have become a task: by the store, or, where the store is a copy that
 * was put back, by the lines of what was sent.
 */
async function findUnstarted(
  { store, attemptLog }: UnstartedCallsDeps,
  leftOver: readonly Intent[],
): Promise<Intent[]> {
  if (leftOver.length === 0) return [];
  const { traces } = await attemptLog.summary(new Set(leftOver.map(({ taskId }) => taskId)));
  const unstarted: Intent[] = [];
  for (const intent of leftOver) {
    if (!traces.has(intent.taskId) && !(await isTask({ store }, intent))) unstarted.push(intent);
  }
  return unstarted;
}

/** Whether a task was made of the call, perhaps by a second delivery of it that came since. */
async function isTask(
  { store }: Pick<UnstartedCallsDeps, 'store'>,
  { interactionId, taskId }: Intent,
): Promise<boolean> {
  return (await store.isClaimed(interactionId)) || (await store.get(taskId)) !== undefined;
}

/**
 * Resolves with the calls that are left: whose reply may still appear, or when Discord does not answer
 * in time, or at a stop.
 */
async function notifyAll(
  deps: UnstartedCallsDeps,
  intents: readonly Intent[],
): Promise<readonly Intent[]> {
  const limit = new AbortController();
  const cancel = deps.clock.after(AT_START_MS, () => limit.abort());
  const { signal, release } = boundedSignal([deps.stopping, limit.signal]);
  const waiting = [...intents];
  const left: Intent[] = [];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (!(await notifyOne(deps, next, { signal, isAtStart: true }))) left.push(next);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return left;
  } finally {
    cancel();
    release();
  }
}

/** A store that does not answer is asked again, like Discord. */
const AGAIN: MessageResult = { kind: 'try-again', detail: 'the store does not answer' };

async function lookFor(
  deps: UnstartedCallsDeps,
  intent: Intent,
): Promise<'task' | 'nothing' | 'unknown'> {
  try {
    return (await isTask(deps, intent)) ? 'task' : 'nothing';
  } catch (cause) {
    deps.log.debug({ err: cause, interactionId: intent.interactionId }, 'call not looked up yet');
    return 'unknown';
  }
}

/** Another process has to find the line if this one ends first. */
async function keepLine(
  { intents, log }: UnstartedCallsDeps,
  intent: Intent,
  guildId: string,
): Promise<void> {
  try {
    await intents.keep(intent, guildId);
  } catch (cause) {
    const { interactionId } = intent;
    log.debug({ err: cause, interactionId }, 'line of a call not kept yet');
  }
}

interface Notifying {
  readonly signal: AbortSignal;
  /** Of a call of this process; one that another left behind has a line that stays. */
  readonly guildId?: string | undefined;
  /** Others wait for it, so a reply that may still appear is left. */
  readonly isAtStart?: boolean;
}

/** Resolves with whether the call is done with, which it is not if the signal ends that. */
async function notifyOne(
  deps: UnstartedCallsDeps,
  intent: Intent,
  { isAtStart = false, ...given }: Notifying,
): Promise<boolean> {
  const { clock, log, random } = deps;
  const { interactionId } = intent;
  for (let tries = 0; clock.now() < intent.at + TOKEN_USE_MS; tries += 1) {
    if (given.signal.aborted) return false;
    const result = await tryToNotify(deps, intent, { ...given, isFirst: tries === 0 });
    if (result === 'task') return true;
    const isEarly = mayAppear(result) && clock.now() < intent.at + REPLY_COMES_MS;
    if (isEarly && isAtStart) return false;
    if (result.kind !== 'try-again' && !isEarly) {
      // Without a message there is nothing to say.
      log.info({ interactionId, result: result.kind }, 'call that began nothing notified');
      deps.intents.close(interactionId);
      return true;
    }
    const waitMs = Math.max(askedWaitMs(result), backoffMs(BACKOFF, tries, random));
    await pause(clock, waitMs, given.signal);
  }
  return true;
}

async function tryToNotify(
  deps: UnstartedCallsDeps,
  intent: Intent,
  { signal, guildId, isFirst }: Omit<Notifying, 'isAtStart'> & { readonly isFirst: boolean },
): Promise<'task' | MessageResult> {
  // Only the first try follows at once what was found out.
  const found = isFirst && guildId !== undefined ? 'nothing' : await lookFor(deps, intent);
  if (found === 'task') return 'task';
  if (!isFirst && guildId !== undefined) await keepLine(deps, intent, guildId);
  return found === 'unknown' ? AGAIN : deps.messages.sayNotStarted(intent, signal);
}

function mayAppear(result: MessageResult): boolean {
  return result.kind === 'unreached' && result.isAbsent === true;
}

function askedWaitMs(result: MessageResult): number {
  return result.kind === 'try-again' ? (result.afterMs ?? 0) : 0;
}
