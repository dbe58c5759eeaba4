import type { CreateOutcome } from '../../domain/tasks/provider-answer.ts';
import { withAnswer, withAttempt } from '../../domain/tasks/attempt.ts';
import { currentRoute, providerOf } from '../../domain/tasks/plan.ts';
import { submissionOf } from '../../domain/tasks/task-request.ts';
import type { StageOf, Task } from '../../domain/tasks/task.ts';
import { attemptsKnown } from '../../domain/tasks/restored.ts';
import { afterCreate, afterNoLine, countsOf, endWith } from '../../domain/tasks/transitions.ts';
import { advance, advanceUntilWritten } from './advance.ts';
import type { InsistDeps } from './advance.ts';
import { pauseOnAccountRefusal } from './pause-on-refusal.ts';
import { logWrongAddress } from '../note-wrong-address.ts';
import { momentOf, providerFor, routeOf } from '../worker-deps.ts';
import type { MomentDeps, StepResult, WorkerDeps } from '../worker-deps.ts';

type SubmitDeps = InsistDeps &
  MomentDeps &
  Pick<WorkerDeps, 'providers' | 'pauses' | 'queues' | 'progress' | 'attempts'>;

/**
 * Sends a queued task to its provider, once: that it is being sent is written before, and what
 * came of it after. Killed in between, it is never sent again by itself.
 */
export async function submitStep(
  deps: SubmitDeps,
  task: Task,
  queued: StageOf<'queued'>,
): Promise<StepResult> {
  const now = deps.clock.now();
  const provider = providerFor(deps, task);
  const route = routeOf(deps, task);
  if (provider === undefined || route === undefined) return end(deps, task, 'route-removed');
  const submission = submissionOf(task, route);
  if (submission === undefined) return end(deps, task, 'prompt-unreadable');
  // After a long stop, say: the addresses of its media may be dead, and nobody waits any more.
  if (now >= task.acceptedAt + deps.policy.taskTimeoutMs) return end(deps, task, 'queue-expired');
  const name = providerOf(task);
  const pausedUntil = deps.pauses.until(name);
  if (pausedUntil !== undefined) return waitOrGiveUp(deps, task, pausedUntil);
  // Another task was told "busy": this one waits with it, without a create of its own.
  const heldUntil = deps.queues.blockedUntil(name);
  if (heldUntil !== undefined) return { task, nextAt: heldUntil };

  const counts = countsOf(queued);
  const submitting: StageOf<'submitting'> = { name: 'submitting', ...counts, since: now };
  const sent = deps.queues.sending(name);
  try {
    // Insisted on: a write that failed but stands would be taken for a create that was being sent.
    const attempts = withAttempt(task, now);
    const sending = await advanceUntilWritten(deps, task, submitting, { attempts });
    deps.queues.leave(name, task.id);
    deps.progress.show({ task: sending });
    if (!(await isLogged(deps, task, submitting))) {
      const { stage, nextAt } = afterNoLine(submitting, momentOf(deps, task));
      // It was not made.
      const { attempts: before } = task;
      const waiting = await advanceUntilWritten(deps, sending, stage, { attempts: before });
      return { task: waiting, nextAt };
    }
    const answer = await provider.create(submission, deps.signals.sends);
    logAnswer(deps, task, answer);
    const { stage, nextAt } = afterCreate(submitting, answer, momentOf(deps, task));
    if (answer.kind === 'busy') deps.queues.wasBusy(name, nextAt);
    else if (answer.kind !== 'not-sent' && answer.kind !== 'wrong-address') {
      deps.queues.wasOpen(name);
    }
    const answered = withAnswer(attempts, answer);
    const next = await advanceUntilWritten(deps, sending, stage, { attempts: answered });
    return { task: next, nextAt };
  } finally {
    sent();
  }
}

/**
 * Whether the attempt's line is on the disk. It comes after the record: what the lines know and the
 * record does not is what was done after a copy of the store was made, and never an ordinary crash.
 */
async function isLogged(
  { attempts, clock, log }: SubmitDeps,
  { id: taskId }: Task,
  submitting: StageOf<'submitting'>,
): Promise<boolean> {
  try {
    await attempts.attempt({ taskId, number: attemptsKnown(submitting) ?? 1, at: clock.now() });
    return true;
  } catch (cause) {
    log.error({ err: cause, taskId }, 'no line of the attempt could be written: not sent');
    return false;
  }
}

function logAnswer(deps: SubmitDeps, task: Task, answer: CreateOutcome): void {
  deps.log.info(
    {
      taskId: task.id,
      route: currentRoute(task).route,
      answer: answer.kind,
      ...('detail' in answer ? { detail: answer.detail } : {}),
      // Not the provider's own words: they may quote the prompt.
      ...(answer.kind === 'refused'
        ? { category: answer.refusal.category, code: answer.refusal.code }
        : {}),
    },
    'create answered',
  );
  if (answer.kind === 'wrong-address') logWrongAddress(deps, task, answer.detail);
  if (answer.kind === 'refused') pauseOnAccountRefusal(deps, task, answer.refusal.category);
}

async function end(
  deps: SubmitDeps,
  task: Task,
  kind: 'route-removed' | 'prompt-unreadable' | 'provider-paused' | 'queue-expired',
): Promise<StepResult> {
  const { stage, nextAt } = endWith({ kind }, deps.clock.now());
  return { task: await advance(deps, task, stage), nextAt };
}

/** A paused provider is waited for, but not beyond the time a task may wait at all. */
async function waitOrGiveUp(deps: SubmitDeps, task: Task, until: number): Promise<StepResult> {
  if (until >= task.acceptedAt + deps.policy.taskTimeoutMs) {
    return end(deps, task, 'provider-paused');
  }
  return { task, nextAt: until };
}
