import type { CreateOutcome } from '../../domain/tasks/provider-answer.ts';
import { providerOf } from '../../domain/tasks/plan.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { unlessAborted } from '../../app/unless-aborted.ts';
import { untilWritten } from '../../app/until-written.ts';
import type { TenureDeps } from '../tenure-deps.ts';

/** What a create needs whose slot may be lost meanwhile. */
export type LateCreateDeps = Pick<
  TenureDeps,
  'tenure' | 'stopping' | 'lateAnswers' | 'queues' | 'clock' | 'random' | 'log'
>;

/**
 * Waits for the answer to a create and for its record. If the slot is lost before that is written, it
 * resolves with `undefined` at once, and the answer is kept for the next owner: it belongs to the task, and
 * is known nowhere else.
 */
export async function untilLost<T>(
  deps: LateCreateDeps,
  task: Task,
  create: Promise<CreateOutcome>,
  record: (answer: CreateOutcome) => Promise<T>,
): Promise<T | undefined> {
  const { tenure } = deps;
  try {
    return await record(await unlessAborted(create, tenure.lost));
  } catch (cause) {
    if (!tenure.lost.aborted) throw cause;
    void keepLate(deps, task, create);
    return undefined;
  }
}

/** Never rejects. */
async function keepLate(
  { queues, lateAnswers, stopping, clock, random, log }: LateCreateDeps,
  task: Task,
  create: Promise<CreateOutcome>,
): Promise<void> {
  // It is still in flight at its provider.
  const endCreate = queues.startCreate(providerOf(task));
  const fields = { taskId: task.id };
  try {
    const answer = await create.finally(endCreate);
    log.warn({ ...fields, answer: answer.kind }, 'create answered after its server was lost');
    if (answer.kind !== 'created') return;
    const { providerTaskId } = answer;
    await untilWritten(async () => lateAnswers.keep({ taskId: task.id, providerTaskId }), {
      clock,
      signal: stopping,
      random,
      onFault: (cause, tries) => {
        log.error({ ...fields, err: cause, tries }, 'late answer not kept; trying again');
      },
    });
  } catch (cause) {
    log.error({ ...fields, err: cause }, 'late answer to a create is lost: the task stays held');
  }
}
