import { CATALOGUE } from '../../providers/registry.ts';
import { taskText } from '../../discord/render/task-text.ts';
import type { MessageView } from '../../simulators/discord/world/message-view.ts';
import type { Outcome } from '../../domain/tasks/outcome.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { digestOf, wasDone } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { WAY_WAS_CLOSED } from './judge-ends.ts';
import { labelIn } from './takes.ts';
import type { Take } from './takes.ts';

/** What people see: each video once, each end notified, nobody left waiting. */
export function judgeMessages(evidence: Evidence): Finding[] {
  return evidence.takes.flatMap((take) => {
    const task = evidence.tasks.get(take.handle.id);
    if (task?.stage.name !== 'ended') return [];
    const { outcome, notified } = task.stage;
    return [
      ...judgeVideos(evidence, take, task, outcome),
      ...judgeReposts(evidence, take),
      ...judgeRestored(evidence, take),
      ...judgeWord(evidence, take, { task, outcome, notified }),
      ...judgeSilence(evidence, take),
      ...judgeEmptyDone(evidence, take, task),
    ].map((finding) => ({ ...finding, taskId: task.id }));
  });
}

const isVideo = ({ filename }: { readonly filename: string }): boolean => filename.endsWith('.mp4');

function judgeVideos(evidence: Evidence, take: Take, task: Task, outcome: Outcome): Finding[] {
  const clip = evidence.clips.find((one) => labelIn(one.clip.prompt) === take.label);
  const digest = clip?.file === undefined ? undefined : digestOf(clip.file);
  const carriers = evidence.messages.filter(({ attachments }) =>
    attachments.some((one) => isVideo(one) && one.filename.includes(task.id.slice(-6))),
  );
  // What had gone to a new message before a restore is brought by an edit of the first one.
  const isOfThePast = ({ id, interactionId }: MessageView): boolean =>
    interactionId === undefined && isUnfinishedInCopy(evidence, take) && wasPosted(evidence, id);
  const all = carriers.filter(({ deleted }) => !deleted);
  const once = all.filter((message) => !isOfThePast(message));
  const standing = once.length === 0 ? all : once;
  const videos = standing.flatMap(({ attachments }) => attachments.filter(isVideo));
  const findings: Finding[] = [];
  if (standing.length > 1) {
    findings.push({ fault: 'doubled', what: `${standing.length} messages carry the video` });
  }
  if (videos.length > standing.length) {
    findings.push({ fault: 'doubled', what: 'a message carries two videos' });
  }
  if (videos.some(({ id }) => evidence.digests.get(id) !== digest)) {
    findings.push({ fault: 'lost', what: 'a message carries another video' });
  }
  const isDelivered = outcome.kind === 'delivered' && outcome.how === 'attachment';
  const wasDeletedLater = carriers.some(({ id }) => evidence.deleted.has(id));
  if (isDelivered && standing.length === 0 && !wasDeletedLater) {
    findings.push({ fault: 'lost', what: 'delivered, but no message carries the video' });
  }
  return findings;
}

/** A new message is posted once, as long as Discord remembers its nonce: minutes. */
function judgeReposts(evidence: Evidence, { label }: Take): Finding[] {
  if (wasDone(evidence, /pass-time/)) return [];
  const posted = evidence.messages.filter(
    ({ content, interactionId }) => interactionId === undefined && content.includes(label),
  );
  return posted.length > 1
    ? [{ fault: 'doubled', what: `${posted.length} new messages were posted for it` }]
    : [];
}

function isHoldEnded({ holdEnds, tasks }: Evidence, { handle }: Take): boolean {
  const id = tasks.get(handle.id)?.id;
  return holdEnds.some(({ taskId }) => taskId === id);
}

function wasPosted({ restore }: Evidence, messageId: string): boolean {
  return restore?.posted.has(messageId) === true;
}

function isUnfinishedInCopy({ restore }: Evidence, { handle }: Take): boolean {
  const stage = restore?.copied.get(handle.id)?.stage.name;
  return stage !== undefined && stage !== 'ended';
}

/**
 * What is in a copy is notified by edits alone after it was put back, where the bot can know of it.
 * Otherwise its first new message is as good as any; a second one is found by `judgeReposts`.
 */
function judgeRestored(evidence: Evidence, { handle, label }: Take): Finding[] {
  const { restore } = evidence;
  if (restore?.copied.has(handle.id) !== true || !restore.isTold) return [];
  return evidence.messages
    .filter(({ content, interactionId }) => interactionId === undefined && content.includes(label))
    .filter(({ id }) => !wasPosted(evidence, id))
    .map(({ id }) => ({ fault: 'doubled', what: `message ${id} was posted after the restore` }));
}

interface Ended {
  readonly task: Task;
  readonly outcome: Outcome;
  readonly notified: boolean;
}

/** A task that says it was notified has a message that says how it ended. */
function judgeWord(evidence: Evidence, take: Take, { task, outcome, notified }: Ended): Finding[] {
  if (!notified) {
    return mayBeUntold(evidence, take, outcome)
      ? []
      : [{ fault: 'lost', what: `its end (${outcome.kind}) was never notified` }];
  }
  const { messageId, repostId } = task.address;
  const id = repostId ?? messageId ?? take.handle.message()?.id;
  const message = evidence.messages.find((one) => one.id === id);
  if (message === undefined) return [{ fault: 'lost', what: 'notified, but there is no message' }];
  if (evidence.deleted.has(message.id) || message.content === '') return [];
  const expected = endLine(task, outcome);
  return expected === undefined || message.content.includes(expected)
    ? []
    : [{ fault: 'lost', what: `its message does not tell its end: ${message.content}` }];
}

function mayBeUntold(evidence: Evidence, take: Take, { kind }: Outcome): boolean {
  const { messageId, repostId } = evidence.tasks.get(take.handle.id)?.address ?? {};
  const id = repostId ?? messageId ?? take.handle.message()?.id;
  const isGone = evidence.messages.find((one) => one.id === id)?.deleted !== false;
  return (
    kind === 'not-started' ||
    wasDone(evidence, WAY_WAS_CLOSED) ||
    wasDone(evidence, /pass-time/) ||
    // Neither a restored bot nor one that tells how a hold was ended posts a new message.
    (isGone && (isUnfinishedInCopy(evidence, take) || isHoldEnded(evidence, take)))
  );
}

/** The first line below the settings; undefined where it holds an address, which is sealed in the store. */
function endLine(task: Task, outcome: Outcome): string | undefined {
  if (outcome.kind === 'delivered' && outcome.how === 'link') return undefined;
  return taskText({ task, outcome, isPlain: true }, CATALOGUE).split('\n')[2];
}

function judgeSilence(evidence: Evidence, take: Take): Finding[] {
  const message: MessageView | null = take.handle.message();
  if (message === null || message.deleted || !message.loading) return [];
  const isExcused =
    // The token is too old.
    wasDone(evidence, /pass-time/) ||
    wasDone(evidence, WAY_WAS_CLOSED) ||
    wasDone(evidence, /^(edit|upload):401|^callback:too-late/, take.label);
  return isExcused ? [] : [{ fault: 'lost', what: 'its message still says that it is thinking' }];
}

const DONE: Outcome = { kind: 'delivered', how: 'attachment' };

/** Nobody is notified "done" without being shown the video. */
function judgeEmptyDone(evidence: Evidence, take: Take, task: Task): Finding[] {
  const done = endLine(task, DONE);
  const ids = [take.handle.message()?.id, task.address.messageId, task.address.repostId];
  return evidence.messages
    .filter(({ id, deleted }) => ids.includes(id) && !deleted)
    .filter(({ content, attachments }) => {
      return attachments.length === 0 && content.split('\n').some((line) => line === done);
    })
    .map(({ id }) => ({ fault: 'lost', what: `message ${id} says "${done}" without a video` }));
}
