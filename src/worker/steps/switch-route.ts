import { MAX_BUSY_WAIT_MS, switchReason } from '../../domain/auto/switch-reason.ts';
import type { CreateOutcome } from '../../domain/tasks/provider-answer.ts';
import type { PlannedRoute, SwitchReason } from '../../domain/tasks/plan.ts';
import { currentRoute, isAuto, providerOf } from '../../domain/tasks/plan.ts';
import { firstStage } from '../../domain/tasks/task-assets.ts';
import { afterCertainNo, countsOf } from '../../domain/tasks/transitions.ts';
import type { Counts, Transition } from '../../domain/tasks/transitions.ts';
import type { StageOf, Task } from '../../domain/tasks/task.ts';
import { findRoute } from '../../domain/routes/catalogue.ts';
import { advance } from './advance.ts';
import type { AdvanceDeps } from './advance.ts';
import type { StepResult, WorkerDeps } from '../worker-deps.ts';

type SwitchDeps = Pick<WorkerDeps, 'catalogue' | 'clock' | 'nextRoute' | 'policy' | 'log'>;

/** The next route of a task, and the stage in which it goes on there. */
interface Switch extends Transition {
  readonly onto: PlannedRoute;
}

/**
 * What an `auto` task does after the answer to a create in place of what its kind says; `undefined`
 * if it stays on its route, or no other may make it. `task` has the answer in its attempts.
 */
export async function switchAfter(
  deps: SwitchDeps,
  task: Task,
  submitting: StageOf<'submitting'>,
  answer: CreateOutcome,
): Promise<Switch | undefined> {
  const reason = switchReason(task, answer);
  if (reason === undefined) return undefined;
  const counts = afterCertainNo(submitting, answer, deps.policy);
  return counts === undefined ? undefined : switchTo(deps, task, counts, reason);
}

type LeaveDeps = SwitchDeps & AdvanceDeps & Pick<WorkerDeps, 'assets' | 'queues'>;

/** The step of an `auto` task that waits for a paused provider; `undefined` if it goes on waiting. */
export async function leavePaused(
  deps: LeaveDeps,
  task: Task,
  counts: Counts,
): Promise<StepResult | undefined> {
  return leave(deps, task, counts, 'paused');
}

/**
 * The same for a provider that another task found busy for longer than one waits: all go on at once,
 * in place of one after the other.
 */
export async function leaveBusy(
  deps: LeaveDeps,
  task: Task,
  counts: Counts,
): Promise<StepResult | undefined> {
  const isBusyForLong = deps.queues.busyForMs(providerOf(task)) > MAX_BUSY_WAIT_MS;
  return isBusyForLong ? leave(deps, task, counts, 'busy') : undefined;
}

async function leave(
  deps: LeaveDeps,
  task: Task,
  counts: Counts,
  reason: SwitchReason,
): Promise<StepResult | undefined> {
  if (!isAuto(task)) return undefined;
  const next = await switchTo(deps, task, counts, reason);
  if (next === undefined) return undefined;
  const { stage, nextAt, onto } = next;
  const moved = await advance(deps, task, stage, { onto });
  deps.queues.leave(providerOf(task), task.id);
  deps.assets.release(task);
  return { task: moved, nextAt };
}

async function switchTo(
  deps: SwitchDeps,
  task: Task,
  counts: Counts,
  reason: SwitchReason,
): Promise<Switch | undefined> {
  const onto = await deps.nextRoute(task, reason);
  const route = onto && findRoute(deps.catalogue, onto.route);
  if (onto === undefined || route === undefined) return undefined;
  const nowMs = deps.clock.now();
  deps.log.info(
    { taskId: task.id, from: currentRoute(task).route, to: onto.route, reason },
    'auto task goes to its next route',
  );
  return { onto, stage: firstStage(task, route, nowMs, countsOf(counts)), nextAt: nowMs };
}
