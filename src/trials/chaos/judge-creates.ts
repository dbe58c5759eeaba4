import type { Outcome } from '../../domain/tasks/outcome.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { wasDone } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { labelIn } from './takes.ts';
import type { Take } from './takes.ts';
import { LYING_REFUSAL } from './trouble-tables.ts';

/** Ends that say that no provider has the task. */
const NOT_TAKEN: ReadonlySet<Outcome['kind']> = new Set([
  'refused',
  'provider-busy',
  'provider-unreachable',
  'provider-paused',
  'wrong-address',
  'not-started',
  'prompt-unreadable',
  'queue-expired',
  'cancelled',
]);

/** What reached a provider: once a task, and only for a task that stands in the store. */
export function judgeCreates(evidence: Evidence): Finding[] {
  const { takes, clips } = evidence;
  const known = new Set(takes.map(({ label }) => label));
  const strangers = clips.filter(({ clip }) => !known.has(labelIn(clip.prompt) ?? ''));
  return [
    ...strangers.map((clip): Finding => ({
      fault: 'let-through',
      what: `${clip.provider} accepted a create that nobody asked for: ${clip.clip.prompt}`,
    })),
    ...[...known].flatMap((label) =>
      judgeLabel(
        evidence,
        takes.filter((take) => take.label === label),
      ),
    ),
  ];
}

function isPublic({ handle }: Take): boolean {
  const acknowledgement = handle.acknowledgement();
  return acknowledgement?.kind === 'deferred-message' && !acknowledgement.ephemeral;
}

/** One request: its `/video`, and the clicks by which its price was confirmed. */
function judgeLabel(evidence: Evidence, takes: readonly Take[]): Finding[] {
  const label = takes[0]?.label;
  const accepted = evidence.clips.filter(({ clip }) => labelIn(clip.prompt) === label);
  const [first] = accepted;
  const recorded = takes.flatMap((take) => {
    const task = evidence.tasks.get(take.handle.id);
    return task === undefined ? [] : [{ take, task }];
  });
  const begun = recorded.filter(({ task: { stage } }) => {
    return !('outcome' in stage && stage.outcome.kind === 'not-started');
  });
  const findings: Finding[] = takes
    .filter((take) => isPublic(take) && !isForgotten(evidence, take))
    .filter(({ handle }) => !evidence.tasks.has(handle.id))
    .map(({ handle: { id } }) => ({ fault: 'lost', what: NO_RECORD, taskId: id }));
  const taskId = (begun[0] ?? recorded[0])?.task.id;
  const add = (fault: Finding['fault'], what: string): void => {
    findings.push({ fault, what, ...(taskId === undefined ? {} : { taskId }) });
  };
  if (accepted.length > mostCreates(evidence, takes)) {
    add('doubled', `${accepted.length} creates were accepted`);
  }
  if (begun.length > 1) add('doubled', `${begun.length} tasks of one request began`);
  if (recorded.some(({ take }) => take.isWrong)) add('let-through', WRONG_TASK);
  if (first === undefined) return findings;
  if (!takes.some(isPublic)) add('let-through', UNACKNOWLEDGED);
  // What was made may have been made for the record that a restore took away.
  if (takes.some((take) => isForgotten(evidence, take))) return findings;
  if (recorded.length === 0) add('let-through', UNRECORDED);
  const tasks = [...begun, ...recorded].slice(0, 1).map(({ task }) => task);
  return [...findings, ...tasks.flatMap((task) => judgeRecord(evidence, task, first.id, label))];
}

/** A restore took the record of it away. */
function isForgotten({ restore }: Evidence, take: Take): boolean {
  return isPublic(take) && restore?.forgotten.has(take.handle.id) === true;
}

/**
 * One, however often a restored bot finds it. A price that a restored store has as unconfirmed can be
 * confirmed once more by a click: that is a person's doing.
 */
function mostCreates(evidence: Evidence, takes: readonly Take[]): number {
  const before = takes.filter((take) => isForgotten(evidence, take));
  const isClickedAfter = takes.some(
    (take) => isPublic(take) && !before.includes(take) && evidence.tasks.has(take.handle.id),
  );
  return isClickedAfter ? before.length + 1 : 1;
}

const LIE = new RegExp(`^create:${LYING_REFUSAL}$`);

const NO_RECORD = 'acknowledged, but there is no record of it';
const WRONG_TASK = 'a wrong request became a task';
const UNACKNOWLEDGED = 'a create was accepted without an acknowledgement';
const UNRECORDED = 'a create was accepted without a record';

/** The record of a task that a provider has. */
function judgeRecord(
  evidence: Evidence,
  { id: taskId, interactionId, stage }: Task,
  clipId: string,
  label: string | undefined,
): Finding[] {
  const { providerRequests, restore } = evidence;
  if (stage.name !== 'ended') return [];
  const { outcome, providerTaskId } = stage;
  // The provider's own lie: by contract it is believed.
  if (outcome.kind === 'refused' && wasDone(evidence, LIE, label)) return [];
  if (NOT_TAKEN.has(outcome.kind)) {
    return [
      {
        fault: 'off',
        what: `ended as ${outcome.kind}, but the provider has it as ${clipId}`,
        taskId,
      },
    ];
  }
  // Whatever fell in between: who has looked at it knew its number.
  const wasLookedAt =
    // Where it was looked at after a copy that has it as being sent, the copy does not know.
    restore?.copied.get(interactionId)?.stage.name !== 'submitting' &&
    providerRequests.some((request) => request.purpose === 'query' && request.taskId === clipId);
  if (outcome.kind === 'outcome-unknown' && wasLookedAt) {
    return [{ fault: 'lost', what: `ended as unknown, but ${clipId} was looked at`, taskId }];
  }
  return providerTaskId === undefined || providerTaskId === clipId
    ? []
    : [{ fault: 'lost', what: `has ${providerTaskId} for ${clipId}`, taskId }];
}
