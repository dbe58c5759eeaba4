import { lostAttemptOf } from '../../domain/tasks/lost-create.ts';
import type { Outcome } from '../../domain/tasks/outcome.ts';
import type { Task } from '../../domain/tasks/task.ts';
import type { SimulatedTask } from '../../simulators/providers/simulated-task.ts';
import { hasIncident } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { grouped } from './grouped.ts';
import { judgeDenied, judgeUnstarted } from './judge-unstarted.ts';
import { NOT_ACCEPTED, matchClips } from './match-clips.ts';
import type { MatchedClips } from './match-clips.ts';
import { judgeRequest, isForgotten, isPublic, maxCreates } from './judge-requests.ts';
import { labelIn } from './sent-command.ts';
import type { SentCommand } from './sent-command.ts';
import { LYING_REFUSAL } from './trouble-tables.ts';

/** Checks that providers accepted one create per task, and only for tasks in the store. */
export function judgeCreates(evidence: Evidence): Finding[] {
  const { commands, clips } = evidence;
  const byLabel = grouped(commands, ({ label }) => label);
  const strangers = clips.filter(({ clip }) => !byLabel.has(labelIn(clip.prompt) ?? ''));
  const matched = matchClips(evidence);
  return [
    ...strangers.map((clip): Finding => ({
      kind: 'let-through',
      what: `${clip.provider} accepted a create that belongs to no command: ${clip.clip.prompt}`,
    })),
    ...commands.flatMap((command) => judgeRecorded(evidence, command)),
    ...[...requestsIn(commands).values()].flatMap((request) => judgeRequest(evidence, request)),
    ...[...byLabel.values()].flatMap((same) => judgeLabel(evidence, same, matched)),
  ];
}

const requestsIn = (commands: readonly SentCommand[]) =>
  grouped(commands, ({ request }) => request.key);

/** Checks that what was answered in public has a record, and what no route accepts has none. */
function judgeRecorded(evidence: Evidence, command: SentCommand): Finding[] {
  const task = evidence.tasks.get(command.handle.id);
  if (task !== undefined) {
    return command.isInvalid
      ? [{ kind: 'let-through', what: 'an invalid request became a task', taskId: task.id }]
      : judgeDenied(evidence, command, task);
  }
  const isDue = isPublic(command) && !isForgotten(evidence, command);
  return isDue ? judgeUnstarted(evidence, command) : [];
}

/** Checks the creates of one prompt against all commands that have it. */
function judgeLabel(
  evidence: Evidence,
  commands: readonly SentCommand[],
  { byCommand, rest }: MatchedClips,
): Finding[] {
  const label = commands[0]?.label;
  const accepted = evidence.clips.filter(({ clip }) => labelIn(clip.prompt) === label);
  if (accepted.length === 0) return [];
  const recorded = commands.flatMap(({ handle }) => evidence.tasks.get(handle.id) ?? []);
  const taskId = recorded[0]?.id;
  const add = (kind: Finding['kind'], what: string): Finding[] => [
    { kind, what, ...(taskId === undefined ? {} : { taskId }) },
  ];
  const hasForgotten = commands.some((command) => isForgotten(evidence, command));
  const records = commands.flatMap((command) => {
    const clip = byCommand.get(command.handle.id);
    return clip === undefined ? [] : judgeRecord(evidence, command, { clip, hasForgotten });
  });
  if (!commands.some(isPublic)) return [...add('let-through', UNACKNOWLEDGED), ...records];
  const most = [...requestsIn(commands).values()]
    .map((request) => maxCreates(evidence, request))
    .reduce((sum, one) => sum + one, 0);
  if (accepted.length > most) {
    return [...add('doubled', `${accepted.length} creates were accepted`), ...records];
  }
  const isUnrecorded = rest.some((clip) => accepted.includes(clip)) && !hasForgotten;
  return [...(isUnrecorded ? add('let-through', UNRECORDED) : []), ...records];
}

const LYING_REFUSAL_INCIDENT = new RegExp(`^create:${LYING_REFUSAL}$`);

const UNACKNOWLEDGED = 'a create was accepted without an acknowledgement';
const UNRECORDED = 'a create was accepted without a record';

/** Checks that a task's record fits the create that its provider accepted. */
function judgeRecord(
  evidence: Evidence,
  command: SentCommand,
  { clip, hasForgotten }: { readonly clip: SimulatedTask; readonly hasForgotten: boolean },
): Finding[] {
  const task: Task | undefined = evidence.tasks.get(command.handle.id);
  if (task?.stage.name !== 'ended') return [];
  const { id: taskId } = task;
  const { outcome, providerTaskId } = task.stage;
  // The create may belong to the record that a restore removed.
  if (hasForgotten && providerTaskId !== clip.id) return [];
  if (isRightlyOver(evidence, command, { outcome, clip })) return [];
  if (NOT_ACCEPTED.has(outcome.kind)) {
    const what = `ended as ${outcome.kind}, but the provider has it as ${clip.id}`;
    return [{ kind: 'off', what, taskId }];
  }
  if (outcome.kind === 'outcome-unknown' && wasPolled(evidence, task, clip)) {
    return [{ kind: 'lost', what: `ended as unknown, but ${clip.id} was polled`, taskId }];
  }
  return providerTaskId === undefined || providerTaskId === clip.id
    ? []
    : [{ kind: 'lost', what: `has ${providerTaskId} for ${clip.id}`, taskId }];
}

/** Whether it is over without a video although a create was accepted, and rightly. */
function isRightlyOver(
  evidence: Evidence,
  command: SentCommand,
  { outcome, clip }: { readonly outcome: Outcome; readonly clip: SimulatedTask },
): boolean {
  // The provider lied, and the bot has to believe it.
  if (outcome.kind === 'refused') return hasIncident(evidence, LYING_REFUSAL_INCIDENT, command);
  const isAtProvider = outcome.kind === 'cancelled' && outcome.isAtProvider === true;
  return isAtProvider && clip.ending === 'cancelled';
}

/** Whether the bot polled it, and so knew its number, whatever was killed later. */
function wasPolled(
  { providerRequests, restore }: Evidence,
  { interactionId }: Task,
  { id }: SimulatedTask,
): boolean {
  const copied = restore?.copied.get(interactionId);
  // A copy without the number does not know the polls between it and the restore.
  const wasLost =
    copied !== undefined &&
    (copied.stage.name === 'submitting' || lostAttemptOf(copied) !== undefined);
  return providerRequests.some(
    ({ purpose, taskId, atMs }) =>
      purpose === 'query' && taskId === id && !(wasLost && atMs < (restore?.restoredAtMs ?? 0)),
  );
}
