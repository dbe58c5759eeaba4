import type { Task } from '../../domain/tasks/task.ts';
import type { StoredRecord } from '../ports/record-store-port.ts';
import type { AcceptVideoDeps } from './accept-deps.ts';
import { endUnstarted } from './end-unstarted.ts';
import type { Acceptance, VideoCall } from './video-call.ts';

/** Makes the public reply of a written task, and starts the task where that reply stands. */
export async function acknowledge(
  deps: AcceptVideoDeps,
  call: VideoCall,
  task: Task,
): Promise<Acceptance> {
  const answer = await call.acknowledge();
  const named = { taskId: task.id, interactionId: task.interactionId };
  switch (answer.kind) {
    case 'acknowledged':
      return start(deps, call, task, answer.messageId);
    case 'unclear':
      deps.log.warn({ ...named, detail: answer.detail }, 'acknowledgement unclear');
      // Nothing is owed; where the reply stands after all, the worker makes it say so.
      deps.handOver(task);
      return { kind: 'not-acknowledged' };
    case 'refused':
    case 'taken-by-another':
      deps.log.warn(
        { ...named, answer: answer.kind, detail: answer.detail },
        'interaction not acknowledged',
      );
      await endUnstarted(deps, task);
      return { kind: 'not-acknowledged' };
  }
}

async function start(
  deps: AcceptVideoDeps,
  call: VideoCall,
  task: Task,
  messageId: string | undefined,
): Promise<Acceptance> {
  const { store, log, clock, handOver } = deps;
  const { id: taskId, interactionId, guildId } = task;
  const started: Task = {
    ...task,
    address: { ...task.address, messageId },
    stage: { name: 'queued', creates: 0, notSent: 0, notBefore: clock.now() },
  };
  try {
    await store.save(started, started, usedUp(deps, call));
  } catch (cause) {
    log.error({ err: cause, taskId, interactionId }, 'acknowledged task could not be written');
    handOver(task);
    return { kind: 'not-begun' };
  }
  log.info({ taskId, interactionId, route: call.route.id, guildId }, 'task begun');
  handOver(started);
  return { kind: 'accepted' };
}

/** Written with the task that starts, so that a button works once. */
function usedUp({ confirmations }: AcceptVideoDeps, { confirms }: VideoCall): StoredRecord[] {
  return confirms === undefined ? [] : [confirmations.used(confirms.id)];
}
