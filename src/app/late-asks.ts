import { idAt, isOlder } from '../domain/tasks/age.ts';
import { findProvider } from '../domain/routes/catalogue.ts';
import type { Catalogue } from '../domain/routes/catalogue.ts';
import { LATE_ASK_EVERY_MS, givenUp, nextLateAsk } from '../domain/tasks/late-ask.ts';
import type { GivenUp } from '../domain/tasks/late-ask.ts';
import { providerOf } from '../domain/tasks/plan.ts';
import type { HoldActions } from './hold-actions.ts';
import { startLoop } from './loop.ts';
import type { Loop } from './loop.ts';
import type { Clock, Log, TaskStore } from './ports/core.ts';
import type { Ownership } from './ports/ownership-port.ts';
import type { ProviderPauses } from './ports/provider-pauses-port.ts';
import type { ProviderPort } from './ports/provider-port.ts';
import { MINUTE_MS } from '../domain/time-units.ts';

/** A pass reads what was held of late: not again for each of many that are due in one second. */
const LEAST_WAIT_MS = 1000;
const BROKEN_WAIT_MS = MINUTE_MS;

export interface LateAsksDeps {
  readonly store: Pick<TaskStore, 'heldIds' | 'get'>;
  readonly holds: Pick<HoldActions, 'askLate'>;
  readonly catalogue: Catalogue;
  readonly providers: ReadonlyMap<string, ProviderPort>;
  readonly pauses: Pick<ProviderPauses, 'until'>;
  readonly ownership: Ownership;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a task may wait before its create, in milliseconds. */
  readonly taskTimeoutMs: number;
}

/**
 * Asks once an hour about every task that was given up, until its provider's own expiry. One that
 * has ended meanwhile is asked for again as an admin would: the worker then delivers it, and settles
 * or releases the sides that are still held. Nothing is kept beside the records: a restart goes on by what is held.
 */
export function startLateAsks(deps: LateAsksDeps): Loop {
  const { clock, log } = deps;
  let passedAt = clock.elapsed();
  return startLoop(clock, async (signal) => {
    if (!clock.isSure()) return LEAST_WAIT_MS;
    // By the clock that never goes back: one that was set asks neither twice nor never.
    const now = clock.now();
    const elapsed = clock.elapsed();
    const before = now - (elapsed - passedAt);
    try {
      const waiting = await readGivenUp(deps, now);
      passedAt = elapsed;
      await askDue(deps, waiting, { before, now }, signal);
      return waitMs(deps, waiting, { passed: now, now: clock.now() });
    } catch (cause) {
      log.warn({ err: cause }, 'tasks given up not asked about; trying again');
      return BROKEN_WAIT_MS;
    }
  });
}

async function readGivenUp(
  { store, catalogue, ownership, taskTimeoutMs }: LateAsksDeps,
  now: number,
): Promise<GivenUp[]> {
  const reachMs = Math.max(0, ...catalogue.providers.map(({ lateFinishMs }) => lateFinishMs));
  const oldest = idAt(now - reachMs - taskTimeoutMs - LATE_ASK_EVERY_MS);
  const ids = await store.heldIds();
  const found: GivenUp[] = [];
  for (const id of ids.filter((one) => !isOlder(one, oldest))) {
    const task = await store.get(id);
    if (task === undefined || !ownership.owns(task.guildId)) continue;
    const late = givenUp(task);
    if (late !== undefined) found.push(late);
  }
  return found;
}

/** One after the other at a provider, so that one that hangs holds up its own tasks alone. */
async function askDue(
  deps: LateAsksDeps,
  waiting: readonly GivenUp[],
  { before, now }: { readonly before: number; readonly now: number },
  signal: AbortSignal,
): Promise<void> {
  const due = waiting.filter((late) => nextAskAt(deps, late, before) <= now);
  const ofProvider = async ([id, provider]: [string, ProviderPort]): Promise<void> => {
    for (const late of due.filter(({ task }) => providerOf(task) === id)) {
      if (signal.aborted || deps.pauses.until(id) !== undefined) return;
      await ask(deps, provider, late, signal);
    }
  };
  await Promise.all([...deps.providers].map(ofProvider));
}

async function ask(
  { holds, log }: LateAsksDeps,
  provider: ProviderPort,
  { task, providerTaskId }: GivenUp,
  signal: AbortSignal,
): Promise<void> {
  try {
    const answer = await provider.query(providerTaskId, signal);
    log.info({ taskId: task.id, answer: answer.kind }, 'task given up asked about');
    if (answer.kind !== 'finished' && answer.kind !== 'failed') return;
    await holds.askLate(task.id);
  } catch (cause) {
    // The others are asked about all the same, and this one in an hour.
    log.warn({ err: cause, taskId: task.id }, 'task given up not asked about');
  }
}

/** Until the first of them is due. Who is given up later is due an hour later at the earliest. */
function waitMs(
  deps: LateAsksDeps,
  waiting: readonly GivenUp[],
  { passed, now }: { readonly passed: number; readonly now: number },
): number {
  const dueAt = waiting.map((late) => nextAskAt(deps, late, passed));
  const earliest = Math.min(...dueAt, passed + LATE_ASK_EVERY_MS);
  return Math.max(earliest - now, LEAST_WAIT_MS);
}

/** Infinite where it is never asked about again, or its provider is gone. */
function nextAskAt({ catalogue }: LateAsksDeps, late: GivenUp, afterMs: number): number {
  const provider = findProvider(catalogue, providerOf(late.task));
  return (provider && nextLateAsk(late, provider, afterMs)) ?? Infinity;
}
