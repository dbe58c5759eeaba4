import type { QueryOutcome } from '../domain/tasks/provider-answer.ts';
import { providerOf } from '../domain/tasks/task.ts';
import type { Stage, StageOf, Task } from '../domain/tasks/task.ts';
import { afterQuery, endWith } from '../domain/tasks/transitions.ts';
import { insistOnSaving } from './persist.ts';
import { momentOf, providerFor, withStage } from './worker-deps.ts';
import type { Stepped, WorkerDeps } from './worker-deps.ts';

/** One look at a running task. Only what a restart must know is written. */
export async function pollStep(
  deps: WorkerDeps,
  task: Task,
  running: StageOf<'running'>,
): Promise<Stepped> {
  const provider = providerFor(deps, task);
  if (provider === undefined) {
    const gone = endWith({ kind: 'route-gone' }, deps.clock.now(), running.providerTaskId);
    const next = withStage(task, gone.stage);
    await deps.store.save(next);
    return { task: next, nextAt: gone.nextAt };
  }
  const answer = await provider.query(running.providerTaskId, deps.signals.polls);
  noteAnswer(deps, task, answer);
  const { stage, nextAt } = afterQuery(running, answer, momentOf(deps, task));
  const next = withResult(withStage(withLearntAddress(deps, task), stage), answer);
  if (needsWriting(running, stage) || next.address !== task.address) {
    await insistOnSaving(deps, next);
  }
  return { task: next, nextAt };
}

function noteAnswer(deps: WorkerDeps, task: Task, answer: QueryOutcome): void {
  if (answer.kind === 'pending') return;
  const { kind } = answer;
  const fields = { taskId: task.id, answer: kind };
  if (kind === 'fault') {
    deps.log.warn({ ...fields, fault: answer.fault, detail: answer.detail }, 'look at task failed');
    if (answer.fault === 'unauthorized') deps.pauses.note(providerOf(task), 'unauthorized');
  } else if (kind === 'busy') {
    deps.log.warn({ ...fields, detail: answer.detail }, 'look at task put off');
  } else {
    deps.log.info(fields, 'task looked at');
  }
}

/** Progress and counted faults are for this process alone; a restart looks for itself. */
function needsWriting(before: StageOf<'running'>, after: Stage): boolean {
  return after.name !== 'running' || after.addressMissingSince !== before.addressMissingSince;
}

function withLearntAddress(deps: WorkerDeps, task: Task): Task {
  const learnt = deps.progress.learnt(task.id);
  return learnt === undefined || learnt.rung === task.address.rung
    ? task
    : { ...task, address: learnt };
}

function withResult(task: Task, answer: QueryOutcome): Task {
  if (answer.kind !== 'finished' || answer.resultUrl === undefined) return task;
  return { ...task, secrets: { ...task.secrets, resultUrl: answer.resultUrl } };
}
