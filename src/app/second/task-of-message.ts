import { messageIdOf } from '../../domain/tasks/message-address.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { isTaskId } from '../../domain/tasks/task-id.ts';
import { findTask } from './source-task.ts';
import type { Clicker, SourceDeps } from './source-task.ts';

/** What is known of a message that may be a task's. All of it is from outside. */
export interface SomeMessage {
  readonly id: string;
  /** The message that it forwards, if it does. */
  readonly forwardedId: string | undefined;
  /** The custom ids of its buttons: those of a task's message end with the task's id. */
  readonly customIds: readonly string[];
}

/**
 * The task whose message this is, or is a forward of. Others can make buttons that name a task, so
 * the task has to say that this is its message.
 */
export async function taskOfMessage(
  deps: Pick<SourceDeps, 'tasks'>,
  guild: Pick<Clicker, 'guildId'>,
  { id, forwardedId, customIds }: SomeMessage,
): Promise<Task | undefined> {
  const taskId = customIds.map((customId) => customId.split(':')[1] ?? '').find(isTaskId);
  if (taskId === undefined) return undefined;
  const task = await findTask(deps, guild, taskId);
  const messageId = task === undefined ? undefined : messageIdOf(task.address);
  return messageId === id || (messageId !== undefined && messageId === forwardedId)
    ? task
    : undefined;
}
