import { messagesFor } from '../../discord/messages/messages-for.ts';
import type { MessageView } from '../../simulators/discord/world/message-view.ts';
import type { SimulatedTask } from '../../simulators/providers/simulated-task.ts';
import type { Outcome } from '../../domain/tasks/outcome.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { digestOf } from './digest.ts';
import { hasIncident } from './evidence.ts';
import { LIMIT_PASSED } from './incident-patterns.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import type { SentCommand } from './sent-command.ts';
import { mayHaveEditedLate } from './standstills.ts';

/** How a message says that its file is not the provider's. */
const SMALLER_COPY = (['en', 'zh-CN'] as const).map(
  (language) => messagesFor(language).task.smallerCopy,
);

const isTooLarge = (outcome: Outcome): boolean =>
  outcome.kind === 'delivered' && outcome.how === 'link' && outcome.why === 'too-large';

const isVideo = ({ filename }: { readonly filename: string }): boolean => filename.endsWith('.mp4');

/** An ended task, and the create that its provider accepted. */
interface EndedTask {
  readonly task: Task;
  readonly outcome: Outcome;
  readonly clip: SimulatedTask | undefined;
}

/**
 * Checks that the video is on one message, once, and is the provider's: its file, or a smaller copy
 * of it where the file was too large and the message says so.
 */
export function judgeVideos(
  evidence: Evidence,
  command: SentCommand,
  { task, outcome, clip }: EndedTask,
): Finding[] {
  const digest = clip?.file === undefined ? undefined : digestOf(clip.file);
  const carriers = evidence.messages.filter(({ attachments }) =>
    attachments.some((one) => isVideo(one) && one.filename.includes(task.id.slice(-6))),
  );
  // After a restore the bot edits the first message, even if a new one already had the video.
  const isFromBeforeRestore = ({ id, interactionId }: MessageView): boolean =>
    interactionId === undefined && isUnfinishedInCopy(evidence, command) && wasPosted(evidence, id);
  const all = carriers.filter(({ deleted }) => !deleted);
  const once = all.filter((message) => !isFromBeforeRestore(message));
  const visible = once.length === 0 ? all : once;
  const videos = visible.flatMap(({ attachments }) => attachments.filter(isVideo));
  const findings: Finding[] = [];
  if (visible.length > 1) {
    findings.push({ kind: 'doubled', what: `${visible.length} messages carry the video` });
  }
  if (videos.length > visible.length) {
    findings.push({ kind: 'doubled', what: 'a message carries two videos' });
  }
  // A restored store does not know of a smaller copy that was attached after the copy was made, nor does
  // an edit from before it that leaves late.
  const mayGoUnsaid = evidence.restore !== undefined || mayHaveEditedLate(evidence, task.id);
  const isSmaller = (id: string, { content }: MessageView): boolean =>
    clip !== undefined &&
    evidence.shrunk.get(id) === clip.id &&
    (mayGoUnsaid || (isTooLarge(outcome) && SMALLER_COPY.some((words) => content.includes(words))));
  const isOther = (message: MessageView): boolean =>
    message.attachments
      .filter(isVideo)
      .some(({ id }) => evidence.digests.get(id) !== digest && !isSmaller(id, message));
  if (visible.some(isOther)) {
    findings.push({ kind: 'lost', what: 'a message carries another video' });
  }
  const isDelivered = outcome.kind === 'delivered' && outcome.how === 'attachment';
  const wasDeletedLater = carriers.some(({ id }) => evidence.deleted.has(id));
  if (isDelivered && visible.length === 0 && !wasDeletedLater) {
    findings.push({ kind: 'lost', what: 'delivered, but no message carries the video' });
  }
  return findings;
}

/** The new messages of a task, which are known by their nonce. */
function postsOf({ messages, posts }: Evidence, { handle }: SentCommand): MessageView[] {
  return messages.filter(({ id }) => posts.get(id) === handle.id);
}

/** Checks that a task has one new message at most, as long as Discord remembers its nonce (minutes). */
export function judgeReposts(evidence: Evidence, command: SentCommand): Finding[] {
  if (hasIncident(evidence, LIMIT_PASSED)) return [];
  const posted = postsOf(evidence, command);
  return posted.length > 1
    ? [{ kind: 'doubled', what: `${posted.length} new messages were posted for it` }]
    : [];
}

function wasPosted({ restore }: Evidence, messageId: string): boolean {
  return restore?.posted.has(messageId) === true;
}

/** Whether the restored copy has the task as unfinished. */
export function isUnfinishedInCopy({ restore }: Evidence, { handle }: SentCommand): boolean {
  const stage = restore?.copied.get(handle.id)?.stage.name;
  return stage !== undefined && stage !== 'ended';
}

/**
 * Checks that a restored bot posts no new message for the copy's tasks, if it can detect the restore.
 * If it cannot, one new message is allowed, and `judgeReposts` finds a second one.
 */
export function judgeRestored(evidence: Evidence, command: SentCommand): Finding[] {
  const { restore } = evidence;
  if (restore?.copied.has(command.handle.id) !== true || !restore.isDetectable) return [];
  return postsOf(evidence, command)
    .filter(({ id }) => !wasPosted(evidence, id))
    .map(({ id }) => ({ kind: 'doubled', what: `message ${id} was posted after the restore` }));
}
