import type { DeletedData } from '../../app/ports/personal-data-port.ts';
import type { Messages } from '../messages/en.ts';

/** What was deleted of a person. */
export function deletedText(
  { tasks, later, lines, pending, preferences }: DeletedData,
  { privacy: words }: Messages,
  withMessages: boolean,
): string {
  return [
    words.deleted(tasks, lines, later),
    withMessages ? '' : words.messagesStay,
    pending > 0 ? words.unconfirmedDeleted(pending) : '',
    preferences ? words.preferencesDeleted : '',
  ]
    .filter((line) => line !== '')
    .join('\n');
}
