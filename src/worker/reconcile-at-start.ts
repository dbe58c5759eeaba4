import { repairTaskTimes } from '../domain/tasks/repair-task-times.ts';
import { stageAtStart } from '../domain/tasks/resume.ts';
import type { Task } from '../domain/tasks/task.ts';
import { advance } from './steps/advance.ts';
import { maxResultRetentionMs, routeStateOf } from './worker-deps.ts';
import type { WorkerDeps } from './worker-deps.ts';

/** Brings a task that an earlier process left to the stage in which it goes on. */
export async function reconcileAtStart(deps: WorkerDeps, task: Task): Promise<Task> {
  const now = deps.clock.now();
  const { taskTimeoutMs } = deps.policy;
  const resultRetentionMs = maxResultRetentionMs(deps, task);
  const found = repairTaskTimes(task, now, { taskTimeoutMs, resultRetentionMs });
  const stage = stageAtStart(found, now, routeStateOf(deps, task));
  if (stage === task.stage && found === task) return task;
  const next = await advance(deps, found, stage);
  const fields = { taskId: task.id, was: task.stage.name, is: stage.name, redated: found !== task };
  deps.log.warn(fields, 'task reconciled at start');
  return next;
}

/**
 * When a resumed task is due, in milliseconds. The wait that a busy provider asked for is kept, but
 * never extended if the clock was set back; everything else is due immediately.
 */
export function dueAtStart({ stage }: Task, now: number): number {
  if (stage.name !== 'queued' || stage.creates + stage.notSent === 0) return now;
  const { notBefore, since = 0 } = stage;
  return Math.min(notBefore, now + notBefore - since);
}

/**
 * Whether an earlier process downloaded the result completely, so that its upload can begin. The
 * record of such a task may still say `running`.
 */
export async function isDownloaded({ video }: WorkerDeps, task: Task): Promise<boolean> {
  const { name } = task.stage;
  if (name !== 'delivering' && name !== 'running') return false;
  return (await video.find(task.id, task.attachmentLimitBytes)) !== undefined;
}
