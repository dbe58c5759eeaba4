import type { Outcome } from '../../domain/tasks/outcome.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { labelIn } from './takes.ts';
import type { Take } from './takes.ts';

/** Ends that say that no provider has the task. */
const NOT_TAKEN: ReadonlySet<Outcome['kind']> = new Set([
  'refused',
  'provider-busy',
  'provider-unreachable',
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

const isPublic = ({ handle }: Take): boolean => {
  const acknowledgement = handle.acknowledgement();
  return acknowledgement?.kind === 'deferred-message' && !acknowledgement.ephemeral;
};

/** One request: its `/video`, and the clicks by which its price was confirmed. */
function judgeLabel(evidence: Evidence, takes: readonly Take[]): Finding[] {
  const { clips, tasks } = evidence;
  const accepted = clips.filter(({ clip }) => labelIn(clip.prompt) === takes[0]?.label);
  const [first] = accepted;
  const recorded = takes.flatMap((take) => {
    const task = tasks.get(take.handle.id);
    return task === undefined ? [] : [{ take, task }];
  });
  const begun = recorded.filter(({ task: { stage } }) => {
    return !('outcome' in stage && stage.outcome.kind === 'not-started');
  });
  const findings: Finding[] = takes
    .filter((take) => isPublic(take) && !tasks.has(take.handle.id))
    .map(({ handle: { id } }) => ({ fault: 'lost', what: NO_RECORD, taskId: id }));
  const taskId = (begun[0] ?? recorded[0])?.task.id;
  const add = (fault: Finding['fault'], what: string): void => {
    findings.push({ fault, what, ...(taskId === undefined ? {} : { taskId }) });
  };
  if (accepted.length > 1) add('doubled', `${accepted.length} creates were accepted`);
  if (begun.length > 1) add('doubled', `${begun.length} tasks of one request began`);
  if (recorded.some(({ take }) => take.isWrong)) add('let-through', WRONG_TASK);
  if (first === undefined) return findings;
  if (!takes.some(isPublic)) add('let-through', UNACKNOWLEDGED);
  if (recorded.length === 0) add('let-through', UNRECORDED);
  const task = (begun[0] ?? recorded[0])?.task;
  return task === undefined ? findings : [...findings, ...judgeRecord(evidence, task, first.id)];
}

const NO_RECORD = 'acknowledged, but there is no record of it';
const WRONG_TASK = 'a wrong request became a task';
const UNACKNOWLEDGED = 'a create was accepted without an acknowledgement';
const UNRECORDED = 'a create was accepted without a record';

/** The record of a task that a provider has. */
function judgeRecord(
  { providerRequests }: Evidence,
  { id: taskId, stage }: Task,
  clipId: string,
): Finding[] {
  if (stage.name !== 'ended') return [];
  const { outcome, providerTaskId } = stage;
  if (NOT_TAKEN.has(outcome.kind))
    return [
      {
        fault: 'off',
        what: `ended as ${outcome.kind}, but the provider has it as ${clipId}`,
        taskId,
      },
    ];
  // Whatever fell in between: who has looked at it knew its number.
  const wasLookedAt = providerRequests.some(
    (request) => request.purpose === 'query' && request.taskId === clipId,
  );
  if (outcome.kind === 'outcome-unknown' && wasLookedAt)
    return [{ fault: 'lost', what: `ended as unknown, but ${clipId} was looked at`, taskId }];
  return providerTaskId === undefined || providerTaskId === clipId
    ? []
    : [{ fault: 'lost', what: `has ${providerTaskId} for ${clipId}`, taskId }];
}
