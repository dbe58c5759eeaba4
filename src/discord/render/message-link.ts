import { messageIdOf } from '../../domain/tasks/message-address.ts';
import type { Task } from '../../domain/tasks/task.ts';

/** The address of a message, which Discord shows as a link to its channel. */
export function messageLink({
  guildId,
  channelId,
  messageId,
}: {
  readonly guildId: string;
  readonly channelId: string;
  readonly messageId: string;
}): string {
  return `https://discord.com/channels/${guildId}/${channelId}/${messageId}`;
}

/** The same of a task's message; `undefined` if the task has none that is known. */
export function taskLink({ guildId, address }: Task): string | undefined {
  const messageId = messageIdOf(address);
  if (messageId === undefined) return undefined;
  return messageLink({ guildId, channelId: address.channelId, messageId });
}
