import type { Outcome } from '../../domain/tasks/outcome.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { hasIncident } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { judgeUnstarted } from './judge-unstarted.ts';
import { labelIn } from './sent-command.ts';
import type { SentCommand } from './sent-command.ts';
import { LYING_REFUSAL } from './trouble-tables.ts';

/** Outcomes that say that no provider accepted the task. */
const NOT_ACCEPTED: ReadonlySet<Outcome['kind']> = new Set([
  'refused',
  'provider-busy',
  'provider-unreachable',
  'provider-paused',
  'wrong-address',
  'not-started',
  'prompt-unreadable',
  'media-gone',
  'queue-expired',
  'cancelled',
]);

/** Checks that providers accepted one create per task, and only for tasks in the store. */
export function judgeCreates(evidence: Evidence): Finding[] {
  const { commands, clips } = evidence;
  const known = new Set(commands.map(({ label }) => label));
  const strangers = clips.filter(({ clip }) => !known.has(labelIn(clip.prompt) ?? ''));
  return [
    ...strangers.map((clip): Finding => ({
      kind: 'let-through',
      what: `${clip.provider} accepted a create that belongs to no command: ${clip.clip.prompt}`,
    })),
    ...[...known].flatMap((label) =>
      judgeLabel(
        evidence,
        commands.filter((command) => command.label === label),
      ),
    ),
  ];
}

function isPublic({ handle }: SentCommand): boolean {
  const acknowledgement = handle.acknowledgement();
  return acknowledgement?.kind === 'deferred-message' && !acknowledgement.ephemeral;
}

/** Checks one request: its `/video` command and the clicks that confirmed its price. */
function judgeLabel(evidence: Evidence, commands: readonly SentCommand[]): Finding[] {
  const label = commands[0]?.label;
  const accepted = evidence.clips.filter(({ clip }) => labelIn(clip.prompt) === label);
  const [first] = accepted;
  const recorded = commands.flatMap((command) => {
    const task = evidence.tasks.get(command.handle.id);
    return task === undefined ? [] : [{ command, task }];
  });
  const started = recorded.filter(({ task: { stage } }) => {
    return !('outcome' in stage && stage.outcome.kind === 'not-started');
  });
  const findings: Finding[] = commands
    .filter((command) => isPublic(command) && !isForgotten(evidence, command))
    .filter(({ handle }) => !evidence.tasks.has(handle.id))
    .flatMap((command) => judgeUnstarted(evidence, command));
  const taskId = (started[0] ?? recorded[0])?.task.id;
  const add = (kind: Finding['kind'], what: string): void => {
    findings.push({ kind, what, ...(taskId === undefined ? {} : { taskId }) });
  };
  if (accepted.length > maxCreates(evidence, commands)) {
    add('doubled', `${accepted.length} creates were accepted`);
  }
  if (started.length > 1) add('doubled', `one request started ${started.length} tasks`);
  if (recorded.some(({ command }) => command.isInvalid)) add('let-through', INVALID_TASK);
  if (first === undefined) return findings;
  if (!commands.some(isPublic)) add('let-through', UNACKNOWLEDGED);
  // The create may belong to the record that a restore removed.
  if (commands.some((command) => isForgotten(evidence, command))) return findings;
  if (recorded.length === 0) add('let-through', UNRECORDED);
  const tasks = [...started, ...recorded].slice(0, 1).map(({ task }) => task);
  return [...findings, ...tasks.flatMap((task) => judgeRecord(evidence, task, first.id, label))];
}

/** Whether a restore removed the command's record. */
function isForgotten({ restore }: Evidence, command: SentCommand): boolean {
  return isPublic(command) && restore?.forgotten.has(command.handle.id) === true;
}

/**
 * Returns how many creates one request may have: one, even after a restore. Only if a person confirms
 * a price again that the restored store has as unconfirmed, each confirmation may have one.
 */
function maxCreates(evidence: Evidence, commands: readonly SentCommand[]): number {
  const before = commands.filter((command) => isForgotten(evidence, command));
  const isClickedAfter = commands.some(
    (command) =>
      isPublic(command) && !before.includes(command) && evidence.tasks.has(command.handle.id),
  );
  return isClickedAfter ? before.length + 1 : 1;
}

const LYING_REFUSAL_INCIDENT = new RegExp(`^create:${LYING_REFUSAL}$`);

const INVALID_TASK = 'an invalid request became a task';
const UNACKNOWLEDGED = 'a create was accepted without an acknowledgement';
const UNRECORDED = 'a create was accepted without a record';

/** Checks the record of a task that a provider accepted. */
function judgeRecord(
  evidence: Evidence,
  { id: taskId, interactionId, stage }: Task,
  clipId: string,
  label: string | undefined,
): Finding[] {
  const { providerRequests, restore } = evidence;
  if (stage.name !== 'ended') return [];
  const { outcome, providerTaskId } = stage;
  // The provider lied, and the bot has to believe it.
  if (outcome.kind === 'refused' && hasIncident(evidence, LYING_REFUSAL_INCIDENT, label)) return [];
  if (NOT_ACCEPTED.has(outcome.kind)) {
    return [
      {
        kind: 'off',
        what: `ended as ${outcome.kind}, but the provider has it as ${clipId}`,
        taskId,
      },
    ];
  }
  // A bot that polled the task knew its number, whatever was killed later.
  const wasPolled =
    // A copy that has the task as being sent does not know the polls that followed.
    restore?.copied.get(interactionId)?.stage.name !== 'submitting' &&
    providerRequests.some((request) => request.purpose === 'query' && request.taskId === clipId);
  if (outcome.kind === 'outcome-unknown' && wasPolled) {
    return [{ kind: 'lost', what: `ended as unknown, but ${clipId} was polled`, taskId }];
  }
  return providerTaskId === undefined || providerTaskId === clipId
    ? []
    : [{ kind: 'lost', what: `has ${providerTaskId} for ${clipId}`, taskId }];
}
