import { currentPath } from '../../domain/tasks/message-address.ts';
import { currentRoute } from '../../domain/tasks/plan.ts';
import type { MessageAddress } from '../../domain/tasks/message-address.ts';
import type { Outcome } from '../../domain/tasks/outcome.ts';
import { backoffMs } from '../../domain/tasks/policy.ts';
import type { StageOf, Task } from '../../domain/tasks/task.ts';
import type { OutgoingFile } from '../../app/ports/message-port.ts';
import { reachMessage } from './reach-message.ts';
import type { ReachResult, ReachDeps } from './reach-message.ts';
import { afterEnd, notifyIfHeld } from './after-step.ts';
import { advance, inStage } from './advance.ts';
import type { AdvanceDeps } from './advance.ts';
import type { StepResult, WorkerDeps } from '../worker-deps.ts';
import { DAY_MS } from '../../domain/time-units.ts';

/** What notifying a caller needs. */
export type NotifyDeps = AdvanceDeps &
  Pick<
    WorkerDeps,
    'progress' | 'messages' | 'signals' | 'clock' | 'policy' | 'random' | 'active' | 'log'
  >;

/** Failures of Discord are retried for this long before the text is given up, in milliseconds. */
const NOTIFY_FOR_MS = DAY_MS;

/**
 * Makes the last edit of a task without a video: what happened and what it means for the caller.
 */
export async function notifyStep(
  deps: NotifyDeps,
  task: Task,
  notifying: StageOf<'notifying'>,
): Promise<StepResult | undefined> {
  const { outcome, attempts, since, isReNotified } = notifying;
  const { task: current, reach } =
    isReNotified === true
      ? { task, reach: await showEnd(deps, task, outcome) }
      : await reachFinally(deps, task, outcome);
  if (reach.kind === 'done') return endTask(deps, current, outcome, true);
  const now = deps.clock.now();
  const isTooLate = now > since + NOTIFY_FOR_MS;
  if (reach.kind !== 'try-again' || isTooLate) return endTask(deps, current, outcome, false);
  const next = await advance(deps, current, { ...notifying, attempts: attempts + 1 });
  const wait = backoffMs(deps.policy.deliveryBackoff, attempts, deps.random);
  return { task: next, nextAt: now + Math.max(wait, reach.afterMs ?? 0) };
}

/**
 * Ends the progress edits, then brings the final view to the message and stores each change of the
 * delivery path.
 */
export async function reachFinally(
  deps: NotifyDeps,
  task: Task,
  outcome: Outcome,
  file?: OutgoingFile,
): Promise<{ task: Task; reach: ReachResult }> {
  const knownAddress = await deps.progress.finish(task.id);
  let current = knownAddress === undefined ? task : { ...task, address: knownAddress };
  if (outcome.kind === 'not-started') {
    return { task: current, reach: await notifyByTokenOnly(deps, current, outcome) };
  }
  const saveAddress = async (address: MessageAddress): Promise<void> => {
    current = await advance(deps, current, current.stage, { address });
  };
  const reach = await reachMessage(
    {
      messages: deps.messages,
      now: () => deps.clock.now(),
      saveAddress,
      beforePost: async () => deps.store.flush(task.id),
      signal: deps.signals.sends,
    },
    current.address,
    { task: current, outcome, ...(isTextAlone(current) ? { isTextAlone: true } : {}) },
    file,
  );
  return { task: { ...current, address: reach.address }, reach };
}

/**
 * Whether the task is marked as text-only, so that a restart does not send again what Discord
 * called malformed.
 */
function isTextAlone({ stage }: Task): boolean {
  return stage.name === 'delivering' && stage.isTextAlone === true;
}

/**
 * Edits the message of an ended task to show how it ended, or how its hold was resolved. If the message
 * was deleted, no new one is posted; the stored path is kept for a video found later.
 */
export async function showEnd(
  deps: NotifyDeps,
  task: Task,
  outcome: Outcome,
): Promise<ReachResult> {
  const messages: ReachDeps['messages'] = {
    ...deps.messages,
    post: async () => ({ kind: 'unreached', why: 'no-access' }),
  };
  const signal = deps.signals.sends;
  const now = (): number => deps.clock.now();
  const reach = await reachMessage(
    {
      messages,
      now,
      saveAddress: async () => undefined,
      beforePost: async () => undefined,
      signal,
    },
    task.address,
    { task, outcome },
  );
  return { ...reach, address: task.address };
}

/**
 * Notifies a task that did not start. As far as the bot knows it has no message, so only the token
 * is tried.
 */
async function notifyByTokenOnly(
  deps: NotifyDeps,
  task: Task,
  outcome: Outcome,
): Promise<ReachResult> {
  const { address } = task;
  const token = task.secrets.interactionToken;
  const isTokenGood = currentPath(address, deps.clock.now()) === 'webhook';
  if (token === undefined || !isTokenGood) return { kind: 'lost', address };
  const view = { task, outcome };
  const { sends } = deps.signals;
  const result = await deps.messages.editByToken(address, token, view, undefined, sends);
  if (result.kind === 'done') return { kind: 'done', address };
  return result.kind === 'try-again' ? { ...result, address } : { kind: 'lost', address };
}

/** Writes the last record of a task. */
export async function endTask(
  deps: NotifyDeps,
  task: Task,
  outcome: Outcome,
  notified: boolean,
): Promise<undefined> {
  const { stage } = task;
  const endedAt = deps.clock.now();
  const providerTaskId = 'providerTaskId' in stage ? stage.providerTaskId : undefined;
  const createdAt = stage.name === 'notifying' ? stage.createdAt : undefined;
  const ended = inStage(deps, task, {
    name: 'ended',
    outcome,
    endedAt,
    notified,
    ...(providerTaskId === undefined ? {} : { providerTaskId }),
    ...(createdAt === undefined ? {} : { createdAt }),
  });
  await deps.store.end(ended, task);
  deps.active.remove(task.id);
  deps.log.info(
    {
      taskId: task.id,
      interactionId: task.interactionId,
      route: currentRoute(task).route,
      outcome: outcome.kind,
      money: ended.money.state,
      notified,
      tookMs: endedAt - task.acceptedAt,
    },
    'task ended',
  );
  notifyIfHeld(deps.after, task, ended);
  // The caller was notified of the end before.
  if (stage.name === 'notifying' && stage.isReNotified === true) return undefined;
  await afterEnd(deps.after, ended, outcome, endedAt);
  return undefined;
}
