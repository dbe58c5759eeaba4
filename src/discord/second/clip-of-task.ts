import type { ClipOnMessage } from '../../app/ports/last-frames-port.ts';
import { messageIdOf } from '../../domain/tasks/message-address.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { clipAmong } from '../clip-among.ts';
import type { Opener } from '../component-interaction.ts';

/** The clip on the message of a click, if that is the task's own message. */
export function clipOfTask(
  { address }: Pick<Task, 'address'>,
  message: Pick<Opener, 'id' | 'files'> | undefined,
): ClipOnMessage | undefined {
  if (message === undefined || message.id !== messageIdOf(address)) return undefined;
  return clipAmong(message.files);
}
