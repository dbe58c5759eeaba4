import type { Task } from '../../domain/tasks/task.ts';
import { hasForgotten } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import type { SentCommand } from './sent-command.ts';

/**
 * A click rests for 10 s after the video that it made was recorded; what is in flight then was
 * received up to 3 s earlier.
 */
const REST_MS = 7000;

/** Whether its public reply is there: nothing may begin without one. */
export function isPublic({ handle }: SentCommand): boolean {
  const acknowledgement = handle.acknowledgement();
  return acknowledgement?.kind === 'deferred-message' && !acknowledgement.ephemeral;
}

/** Whether a restore removed the command's record. */
export function isForgotten({ restore }: Evidence, command: SentCommand): boolean {
  return isPublic(command) && restore?.forgotten.has(command.handle.id) === true;
}

/** The tasks of these commands that were not given up before they began, in their order. */
function startedOf({ tasks }: Evidence, commands: readonly SentCommand[]): Task[] {
  return commands
    .flatMap(({ handle }) => tasks.get(handle.id) ?? [])
    .filter(({ stage }) => !('outcome' in stage && stage.outcome.kind === 'not-started'))
    .toSorted((a, b) => a.acceptedAt - b.acceptedAt);
}

/**
 * Checks that one request started one task: a `/video` and the clicks that confirm its price, an
 * offer, or the same click of one member until its video is made.
 */
export function judgeRequest(evidence: Evidence, commands: readonly SentCommand[]): Finding[] {
  const started = startedOf(evidence, commands);
  const [first] = started;
  if (first === undefined || started.length === 1) return [];
  if (commands.some(({ request }) => !request.isRepeatable)) {
    const what = `one request started ${started.length} tasks`;
    return [{ kind: 'doubled', what, taskId: first.id }];
  }
  return started.slice(1).flatMap((task, index): Finding[] => {
    const before = started[index];
    if (before === undefined || task.acceptedAt >= before.acceptedAt + REST_MS) return [];
    if (hasForgotten(evidence, task)) return [];
    const what = `the click that started ${before.id} started it as well`;
    return [{ kind: 'doubled', what, taskId: task.id }];
  });
}

/**
 * Returns how many creates one request may have: one, even after a restore. Only if a person makes it
 * again that the restored store has as not made, each time may have one; and the same click on a
 * video makes another one when that is over.
 */
export function maxCreates(evidence: Evidence, commands: readonly SentCommand[]): number {
  if (!commands.some(isPublic)) return 0;
  const before = commands.filter((command) => isForgotten(evidence, command));
  if (commands.some(({ request }) => request.isRepeatable)) {
    return Math.max(1, before.length + startedOf(evidence, commands).length);
  }
  const isClickedAfter = commands.some(
    (command) =>
      isPublic(command) && !before.includes(command) && evidence.tasks.has(command.handle.id),
  );
  return isClickedAfter ? before.length + 1 : 1;
}
