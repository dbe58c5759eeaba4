import { SANDBOX_CATALOGUE } from '../../sandbox/playground/sandbox-catalogue.ts';
import { taskText } from '../../discord/render/task-text.ts';
import type { MessageView } from '../../simulators/discord/world/message-view.ts';
import type { TaskMoney } from '../../domain/ledger/task-money.ts';
import type { Outcome } from '../../domain/tasks/outcome.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { hasIncident } from './evidence.ts';
import { didItsCaller } from './judge-deeds.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { PATH_WAS_BLOCKED } from './incident-patterns.ts';
import { matchClips } from './match-clips.ts';
import { mayHaveEditedLate } from './standstills.ts';
import type { SentCommand } from './sent-command.ts';
import { judgeVideos, judgeReposts, judgeRestored, isUnfinishedInCopy } from './judge-videos.ts';

/** Checks what people see: each video once, each outcome, and no message that says "thinking" for ever. */
export function judgeMessages(evidence: Evidence): Finding[] {
  const { byCommand } = matchClips(evidence);
  return evidence.commands.flatMap((command) => {
    const task = evidence.tasks.get(command.handle.id);
    if (task?.stage.name !== 'ended') return [];
    const { outcome, notified } = task.stage;
    const clip = byCommand.get(command.handle.id);
    return [
      ...judgeVideos(evidence, command, { task, outcome, clip }),
      ...judgeReposts(evidence, command),
      ...judgeRestored(evidence, command),
      ...judgeFinalText(evidence, command, { task, outcome, notified }),
      ...judgeThinking(evidence, command),
      ...judgeEmptyDone(evidence, command, task),
    ].map((finding) => ({ ...finding, taskId: task.id }));
  });
}

function isHoldEnded({ holdEnds, tasks }: Evidence, { handle }: SentCommand): boolean {
  const id = tasks.get(handle.id)?.id;
  return holdEnds.some(({ taskId }) => taskId === id);
}

interface Ended {
  readonly task: Task;
  readonly outcome: Outcome;
  readonly notified: boolean;
}

/** Checks that the message of a notified task says how the task ended. */
function judgeFinalText(
  evidence: Evidence,
  command: SentCommand,
  { task, outcome, notified }: Ended,
): Finding[] {
  if (!notified) {
    return mayBeUnnotified(evidence, command, outcome)
      ? []
      : [{ kind: 'lost', what: `its end (${outcome.kind}) was never reported` }];
  }
  const { messageId, repostId } = task.address;
  const id = repostId ?? messageId ?? command.handle.message()?.id;
  const message = evidence.messages.find((one) => one.id === id);
  if (message === undefined) return [{ kind: 'lost', what: 'notified, but it has no message' }];
  if (evidence.deleted.has(message.id) || message.content === '') return [];
  const mayHave = isEndUndone(evidence, command) ? [task.money, ...ENDS_OF_HOLDS] : [task.money];
  const isSaid = mayHave.some((money) => {
    const expected = endLine({ ...task, money }, outcome);
    return expected === undefined || says(message.content, expected, command);
  });
  return isSaid || mayHaveEditedLate(evidence, task.id)
    ? []
    : [{ kind: 'lost', what: `its message does not say how it ended: ${message.content}` }];
}

/** A medium is called by the name that its prompt has for it, which is encrypted in the store. */
function says(content: string, expected: string, { named }: SentCommand): boolean {
  return (
    content.includes(expected) ||
    (named !== undefined && content.includes(expected.replace(/`\w+`/, `\`{${named}}\``)))
  );
}

/** Each has words of its own. */
const ENDS_OF_HOLDS: readonly TaskMoney[] = [
  { state: 'released', assumed: false },
  { state: 'settled', amounts: { videos: 1n, seconds: 0n } },
];

/** Whether a restore may have undone the end of its hold, which its message still says. */
function isEndUndone(evidence: Evidence, command: SentCommand): boolean {
  return evidence.restore !== undefined && isHoldEnded(evidence, command);
}

function mayBeUnnotified(evidence: Evidence, command: SentCommand, { kind }: Outcome): boolean {
  const { messageId, repostId } = evidence.tasks.get(command.handle.id)?.address ?? {};
  const id = repostId ?? messageId ?? command.handle.message()?.id;
  const isGone = evidence.messages.find((one) => one.id === id)?.deleted !== false;
  return (
    kind === 'not-started' ||
    [PATH_WAS_BLOCKED, /pass-time/].some((pattern) => hasIncident(evidence, pattern)) ||
    isDeletedByCaller(evidence, command) ||
    // A restored bot posts no new message, nor does the report of an ended hold.
    (isGone && (isUnfinishedInCopy(evidence, command) || isHoldEnded(evidence, command)))
  );
}

/** Also where a kill came before its message was gone: a second click deletes that. */
function isDeletedByCaller(evidence: Evidence, { handle }: SentCommand): boolean {
  const task = evidence.tasks.get(handle.id);
  return task?.isErased === true && didItsCaller(evidence, task, 'delete');
}

/** The line that says how it ended; `undefined` when it has a link or a name, which are encrypted in the store. */
function endLine(task: Task, outcome: Outcome): string | undefined {
  if (outcome.kind === 'delivered' && outcome.how === 'link') return undefined;
  if (outcome.kind === 'media-gone' && outcome.option !== undefined) return undefined;
  // What it was made from, what was left out and why this model have lines of their own, above.
  const { origin: _origin, leftOut: _leftOut, ...rest } = task;
  const { auto: _auto, ...plan } = task.plan;
  const plain: Task = { ...rest, plan };
  return taskText({ task: plain, outcome, isPlain: true }, SANDBOX_CATALOGUE).split('\n')[2];
}

function judgeThinking(evidence: Evidence, command: SentCommand): Finding[] {
  const message: MessageView | null = command.handle.message();
  if (message === null || message.deleted || !message.loading) return [];
  const isExcused =
    // The token has expired.
    hasIncident(evidence, /pass-time/) ||
    hasIncident(evidence, PATH_WAS_BLOCKED) ||
    hasIncident(evidence, /^(edit|upload):401|^callback:too-late/, command);
  return isExcused ? [] : [{ kind: 'lost', what: 'its message still says that it is thinking' }];
}

const DONE: Outcome = { kind: 'delivered', how: 'attachment' };

/** Checks that no message says "done" without showing the video. */
function judgeEmptyDone(evidence: Evidence, command: SentCommand, task: Task): Finding[] {
  const done = endLine(task, DONE);
  const ids = [command.handle.message()?.id, task.address.messageId, task.address.repostId];
  return evidence.messages
    .filter(({ id, deleted }) => ids.includes(id) && !deleted)
    .filter(({ content, attachments }) => {
      return attachments.length === 0 && content.split('\n').some((line) => line === done);
    })
    .map(({ id }) => ({ kind: 'lost', what: `message ${id} says "${done}" without a video` }));
}
