import { providerIdsOf } from '../domain/tasks/lost-create.ts';
import type { HoldActions } from './hold-actions.ts';
import type { TaskStore } from './ports/core.ts';
import type { LateAnswer } from './ports/late-answers-port.ts';
import type { Notices } from './ports/notice-port.ts';
import type { Ownership } from './ports/ownership-port.ts';

export interface LateAnswerDeps {
  readonly store: Pick<TaskStore, 'get'>;
  readonly holds: Pick<HoldActions, 'resumeAnswered'>;
  readonly notices: Pick<Notices, 'heldAgain'>;
  readonly ownership: Pick<Ownership, 'owns'>;
}

/**
 * Goes on with the task of a late answer, if it is this process's. A hold that was resolved meanwhile is
 * made again, and the admins are notified of that. Resolves with whether the answer is done with; if
 * not, it is to be given again.
 */
export async function takeLateAnswer(
  { store, holds, notices, ownership }: LateAnswerDeps,
  { taskId, providerTaskId }: LateAnswer,
): Promise<boolean> {
  const task = await store.get(taskId);
  if (task === undefined) return true;
  if (!ownership.owns(task.guildId)) return false;
  if (providerIdsOf(task).includes(providerTaskId)) return true;
  const answer = await holds.resumeAnswered(taskId, providerTaskId);
  if (answer.kind === 'done' && answer.isHeldAgain === true) void notices.heldAgain(answer.task);
  // It is held, or its caller is notified, in a moment.
  return answer.kind !== 'under-way' && task.stage.name !== 'submitting';
}
