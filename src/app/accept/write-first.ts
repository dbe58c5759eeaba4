import type { Route } from '../../domain/routes/route.ts';
import { firstStage } from '../../domain/tasks/task-assets.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { StoredRecord } from '../ports/record-store-port.ts';
import type { AcceptVideoDeps } from './accept-deps.ts';
import { SEND_MS } from '../slots/may-send.ts';
import { endUnstarted } from './end-unstarted.ts';
import { usedBy } from './in-flight.ts';
import type { Acceptance, OwnedCall, VideoCall } from './video-call.ts';

/**
 * Posts the public reply of a task that is written already, and starts the task if the reply was
 * posted. Used after a commit that failed, so that a full disk is a private refusal.
 */
export async function acknowledgeWritten(
  deps: AcceptVideoDeps,
  { call, tenure }: OwnedCall,
  task: Task,
): Promise<Acceptance> {
  if (!tenure.mayAct(SEND_MS)) {
    // Where the server is lost its new owner ends the task.
    if (!tenure.isOver()) await endUnstarted(deps, task);
    return { kind: 'elsewhere' };
  }
  const answer = await call.acknowledge();
  const named = { taskId: task.id, interactionId: task.interactionId };
  switch (answer.kind) {
    case 'acknowledged':
      return start(deps, call, task, answer.messageId);
    case 'unclear':
      deps.log.warn({ ...named, detail: answer.detail }, 'acknowledgement unclear');
      // Nothing is charged. If the reply was posted after all, the worker edits it to say that
      // nothing started.
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
  const started = asStarted(task, call.route, messageId, clock.now());
  try {
    await store.save(started, started, recordsOfCall(deps, call, task));
  } catch (cause) {
    log.error({ err: cause, taskId, interactionId }, 'acknowledged task could not be written');
    handOver(task);
    return { kind: 'not-begun' };
  }
  log.info({ taskId, interactionId, route: call.route.id, guildId }, 'task begun');
  handOver(started);
  deps.mediaKeeper.keep(started);
  return { kind: 'accepted' };
}

/** An acknowledged task that waits for its turn, or for its media to be usable. */
export function asStarted(
  task: Task,
  route: Route,
  messageId: string | undefined,
  nowMs: number,
): Task {
  const address = { ...task.address, messageId };
  return { ...task, address, stage: firstStage(task, route, nowMs) };
}

/**
 * What is written in the same commit as the task that starts, so that a button works once: what it
 * uses up, and its click.
 */
export function recordsOfCall(
  { confirmations, clicks, clock }: AcceptVideoDeps,
  { confirms, usesUp, claim }: VideoCall,
  { id: taskId }: Task,
): StoredRecord[] {
  return [
    ...usedBy({ confirms, usesUp }).map((id) => confirmations.used(id)),
    ...(claim === undefined ? [] : [clicks.recordOf(claim, { taskId, at: clock.now() })]),
  ];
}
