import { SECOND_MS } from '../../domain/time-units.ts';
import type { RecordedRequest } from '../../simulators/providers/recorded-request.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { labelIn } from './sent-command.ts';

/** A provider may be asked to cancel for 5 s after it said that a task is queued; and its way there. */
const QUEUED_FOR_MS = 8 * SECOND_MS;

/**
 * Checks what providers were asked to cancel: only what they had said is queued a moment before, and
 * that its caller wanted to be cancelled, no more often than that.
 */
export function judgeCancels(evidence: Evidence): Finding[] {
  const { providerRequests, tasks } = evidence;
  const cancels = providerRequests.filter(({ purpose }) => purpose === 'delete');
  return cancels.flatMap((cancel, index): Finding[] => {
    const task = [...tasks.values()].find((one) =>
      one.attempts.some(({ providerTaskId }) => providerTaskId === cancel.taskId),
    );
    const add = (what: string): Finding[] => [
      { kind: 'let-through', what, ...(task === undefined ? {} : { taskId: task.id }) },
    ];
    const nth = cancels.slice(0, index + 1).filter(({ taskId }) => taskId === cancel.taskId).length;
    return [
      ...(wasQueued(evidence, cancel)
        ? []
        : add(`${cancel.path} was to be cancelled, and had not said that it is queued`)),
      ...(nth > wishesFor(evidence, cancel)
        ? add(`${cancel.path} was to be cancelled, and nobody wanted that`)
        : []),
    ];
  });
}

function wasQueued({ providerRequests }: Evidence, { taskId, atMs }: RecordedRequest): boolean {
  return providerRequests.some(
    ({ purpose, reply, ...query }) =>
      purpose === 'query' &&
      query.taskId === taskId &&
      query.atMs <= atMs &&
      query.atMs >= atMs - QUEUED_FOR_MS &&
      reply?.body.includes('"status":"queued"') === true,
  );
}

/** How often callers of its prompt clicked on "Cancel". */
function wishesFor({ clips, incidents }: Evidence, { taskId }: RecordedRequest): number {
  const label = labelIn(clips.find(({ id }) => id === taskId)?.clip.prompt);
  return incidents.filter((one) => one.what === 'cancel:clicked' && one.label === label).length;
}
