import { boundedSignal } from '../../app/bounded-signal.ts';
import type { ProviderPort } from '../../app/ports/provider-port.ts';
import { SECOND_MS } from '../../domain/time-units.ts';
import type { StageOf, Task } from '../../domain/tasks/task.ts';
import { advance } from './advance.ts';
import type { AdvanceDeps } from './advance.ts';
import type { WorkerDeps } from '../worker-deps.ts';

export type CancelAtProviderDeps = AdvanceDeps &
  Pick<WorkerDeps, 'providers' | 'liveState' | 'clock' | 'log' | 'signals'>;

/**
 * A task is cancelled at its provider only within this time of the poll that found it queued, in
 * milliseconds: a provider may delete the video of a task that is over.
 */
const QUEUED_FOR_MS = 5 * SECOND_MS;

/** A poll older than this is repeated first, so that the rest of the time is enough for the cancel. */
const FRESH_MS = 2 * SECOND_MS;

/**
 * Asks the provider of a running task to cancel it, if it says that the task is queued. The wish is
 * recorded before it is sent, and its answer decides nothing: the polls go on, and the first that
 * finds the task cancelled ends it. Resolves with whether the provider was asked and did not refuse.
 */
export async function cancelAtProvider(
  deps: CancelAtProviderDeps,
  provider: ProviderPort,
  task: Task,
  running: StageOf<'running'>,
): Promise<'asked' | 'sent'> {
  const queuedUntil = await readQueuedUntil(deps, provider, running);
  if (queuedUntil === undefined) return 'sent';
  await recordWish(deps, task, running);
  const answer = await within(deps, queuedUntil, async (signal) =>
    provider.cancel?.(running.providerTaskId, signal),
  );
  const { kind } = answer ?? { kind: 'not sent in time' };
  const detail = answer !== undefined && 'detail' in answer ? { detail: answer.detail } : {};
  deps.log.info({ taskId: task.id, answer: kind, ...detail }, 'provider asked to cancel task');
  return answer === undefined || kind === 'refused' ? 'sent' : 'asked';
}

/** Without it a start could not tell why the task was cancelled. */
async function recordWish(
  deps: CancelAtProviderDeps,
  task: Task,
  running: StageOf<'running'>,
): Promise<void> {
  if (task.cancelSentAt !== undefined) return;
  const next = await advance(deps, task, running, { cancelSentAt: deps.clock.now() });
  deps.liveState.record(next, next);
}

/**
 * Until when the task counts as queued, by the monotonic clock; `undefined` if it does not. Counted
 * from the moment at which the provider was asked, because its answer may have been late.
 */
async function readQueuedUntil(
  deps: CancelAtProviderDeps,
  provider: ProviderPort,
  { providerTaskId, queuedAt }: StageOf<'running'>,
): Promise<number | undefined> {
  const { clock } = deps;
  const askedAt = clock.elapsed();
  const age = queuedAt === undefined ? Infinity : clock.now() - queuedAt;
  if (age >= 0 && age <= FRESH_MS) return askedAt - age + QUEUED_FOR_MS;
  const until = askedAt + QUEUED_FOR_MS;
  const answer = await within(deps, until, async (signal) =>
    provider.query(providerTaskId, signal),
  );
  return answer?.kind === 'pending' && answer.isQueued === true ? until : undefined;
}

/** Does work that has to be over at an instant of the monotonic clock; `undefined` if it is past. */
async function within<T>(
  { clock, signals }: CancelAtProviderDeps,
  untilElapsed: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const ms = untilElapsed - clock.elapsed();
  if (ms <= 0) return undefined;
  const bounded = boundedSignal([signals.sends], { ms, reason: tooLate });
  try {
    return await work(bounded.signal);
  } finally {
    bounded.release();
  }
}

function tooLate(): Error {
  return Object.assign(new Error('the task may not be queued any more'), { code: 'TIMED_OUT' });
}
