import type { Task } from '../../domain/tasks/task.ts';
import { newReference } from '../new-reference.ts';
import { SEND_MS } from '../slots/may-send.ts';
import type { Intent } from '../ports/intent-log-port.ts';
import type { AcceptVideoDeps } from './accept-deps.ts';
import { rememberUnclear } from './in-flight.ts';
import type { InFlight } from './in-flight.ts';
import type { Acceptance, OwnedCall, VideoCall } from './video-call.ts';
import { asStarted, recordsOfCall } from './write-first.ts';

/**
 * Makes the public reply of a task that is reserved in memory, and begins the task if that reply
 * stands. Before the reply a line says that it is about to leave: by it the next start notifies a
 * caller whose task a crash lost.
 */
export async function replyFirst(
  deps: AcceptVideoDeps,
  inFlight: InFlight,
  owned: OwnedCall,
  task: Task,
): Promise<Acceptance> {
  const { intents, unstarted, log } = deps;
  const { call, tenure } = owned;
  if (!tenure.mayAct(SEND_MS)) {
    release(deps, task);
    return { kind: 'elsewhere' };
  }
  const { interactionId } = call;
  const intent = intentOf(call, task);
  try {
    const writing = intents.append(intent, task.guildId);
    // A line in a file is there at once, and then nothing is waited for.
    if (writing !== undefined) await writing;
  } catch (cause) {
    release(deps, task);
    const reference = newReference();
    log.error({ err: cause, interactionId, reference }, 'intent could not be written');
    return { kind: 'store-down', reference };
  }
  const answer = await call.acknowledge();
  const fields = { taskId: task.id, interactionId };
  switch (answer.kind) {
    case 'acknowledged':
      return begin(deps, owned, { task, intent, messageId: answer.messageId });
    case 'unclear':
      log.warn({ ...fields, detail: answer.detail }, 'acknowledgement unclear');
      release(deps, task);
      // Delivered again, it would begin a task under a message that says that nothing began.
      rememberUnclear(inFlight, interactionId);
      unstarted.notify(intent, task.guildId);
      return { kind: 'not-acknowledged' };
    case 'refused':
    case 'taken-by-another':
      log.warn(
        { ...fields, answer: answer.kind, detail: answer.detail },
        'interaction not acknowledged',
      );
      release(deps, task);
      intents.close(interactionId);
      return { kind: 'not-acknowledged' };
  }
}

async function begin(
  deps: AcceptVideoDeps,
  { call, tenure }: OwnedCall,
  begun: {
    readonly task: Task;
    readonly intent: Intent;
    readonly messageId: string | undefined;
  },
): Promise<Acceptance> {
  const { clock, log, unstarted } = deps;
  const { task, intent, messageId } = begun;
  const { id: taskId, interactionId, guildId } = task;
  // The server's new owner notifies the caller as well, by the line that was written before the reply;
  // but that line is lost where the database crashed at that moment.
  if (tenure.isOver()) {
    release(deps, task);
    unstarted.notify(intent, guildId);
    return { kind: 'not-begun' };
  }
  const started = asStarted(task, call.route, messageId, clock.now());
  if (await deps.begin(started, recordsOfCall(deps, call, task))) {
    deps.mediaKeeper.keep(started);
    log.info({ taskId, interactionId, route: call.route.id, guildId }, 'task begun');
    return { kind: 'accepted' };
  }
  log.error({ taskId, interactionId }, 'acknowledged task could not be written');
  unstarted.notify(intent, guildId);
  return { kind: 'not-begun' };
}

/** Gives back what is reserved for a task that is not written. */
export function release({ store, active }: AcceptVideoDeps, task: Task): void {
  store.release(task);
  active.remove(task.id);
}

function intentOf(call: VideoCall, task: Task): Intent {
  return {
    interactionId: call.interactionId,
    taskId: task.id,
    applicationId: call.applicationId,
    interactionToken: call.interactionToken,
    memberId: call.memberId,
    language: task.language,
    at: call.receivedAt,
  };
}
