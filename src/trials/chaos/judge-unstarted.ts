import { messagesFor } from '../../discord/messages/messages-for.ts';
import type { MessageView } from '../../simulators/discord/world/message-view.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { hasForgotten, hasIncident } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import { PROCESS_WAS_ENDED } from './incident-patterns.ts';
import type { SentCommand } from './sent-command.ts';

const NOT_STARTED = (['en', 'zh-CN'] as const).map(
  (language) => messagesFor(language).task.notStarted,
);

/** Whether a message says that nothing began. */
export function saysNotStarted({ content }: Pick<MessageView, 'content'>): boolean {
  return NOT_STARTED.some((text) => content.includes(text));
}

/** Checks that the message of a command that became a task never said that nothing began. */
export function judgeDenied(
  { denied, restore }: Evidence,
  { handle }: SentCommand,
  task: Task,
): Finding[] {
  // What a copy does not know began before it was put back.
  if (restore !== undefined || !denied.has(handle.id)) return [];
  if (task.stage.name === 'ended' && task.stage.outcome.kind === 'not-started') return [];
  return [{ kind: 'broken', what: 'its message said that nothing began', taskId: task.id }];
}

/** Checks a command that was acknowledged and has no record: why, and that its message says so. */
export function judgeUnstarted(evidence: Evidence, command: SentCommand): Finding[] {
  const { handle } = command;
  const add = (what: string): Finding[] => [{ kind: 'lost', what, taskId: handle.id }];
  const hasCause =
    hasIncident(evidence, PROCESS_WAS_ENDED) || hasIncident(evidence, /^callback:/, command);
  if (!hasCause) return add('acknowledged, but there is no record of it');
  const message = handle.message();
  if (message === null || message.deleted) return [];
  if (saysNotStarted(message)) return [];
  const isExcused =
    // With their data, the bot forgot that they called.
    hasForgotten(evidence, command) ||
    // The token has expired, or Discord says so of one that has not.
    hasIncident(evidence, /pass-time/) ||
    hasIncident(evidence, /^edit:401|^callback:too-late/, command) ||
    wasLineLost(evidence, message);
  return isExcused ? [] : add(`nothing began, and its message does not say so: ${message.content}`);
}

/** So long before and after a reply a crash of the database may lose the line of the call. */
const UNFLUSHED_MS = 2000;

/**
 * Whether the database crashed when the reply left: the line that was written before it waits for no
 * flush, and the process that knows of the call may have been killed before there was a database again.
 */
function wasLineLost(evidence: Evidence, { createdAt }: Pick<MessageView, 'createdAt'>): boolean {
  const hasCrashed = evidence.incidents.some(
    ({ what, atMs = 0 }) =>
      what === 'disturbance:crash-database' && Math.abs(atMs - createdAt) < UNFLUSHED_MS,
  );
  const wasKilled = evidence.runs.some(
    ({ sent, sentAtMs = 0 }) =>
      sent === 'SIGKILL' && sentAtMs > createdAt && sentAtMs < createdAt + UNFLUSHED_MS,
  );
  return hasCrashed && wasKilled;
}
