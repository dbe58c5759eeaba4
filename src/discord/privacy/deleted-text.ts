import type { DeletedData } from '../../app/ports/personal-data-port.ts';
import type { Messages } from '../messages/en.ts';
import type { InLibrary } from './in-libraries.ts';

interface Deletion {
  /** Whether the messages are deleted as well. */
  readonly withMessages: boolean;
  /** What stays in libraries whose provider documents no deletion. */
  readonly staying: readonly InLibrary[];
}

/** What was deleted of a person. */
export function deletedText(
  { tasks, later, lines, pending, preferences, named = 0 }: DeletedData,
  { privacy: words }: Messages,
  { withMessages, staying }: Deletion,
): string {
  return [
    words.deleted(tasks, lines, later),
    withMessages ? '' : words.messagesStay,
    pending > 0 ? words.pendingDeleted(pending) : '',
    preferences ? words.preferencesDeleted : '',
    named > 0 ? words.namedDeleted(named) : '',
    ...staying.map(({ count, name }) => words.staysInLibrary(count, name)),
  ]
    .filter((line) => line !== '')
    .join('\n');
}
