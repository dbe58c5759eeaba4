import { field, isAbsent, listOf, textOf } from '../values.ts';
import { issue, required, type Issue } from './issue.ts';

const FORWARD = 1;
const OWN_PARTS = ['embeds', 'components', 'sticker_ids', 'attachments'];

/** Whether the request is a forward, not a reply or a plain message. */
export function isForward(json: unknown): boolean {
  return field(field(json, 'message_reference'), 'type') === FORWARD;
}

/** Checks the form of a forward: it names message and channel and has no content of its own. */
export function checkForward(json: unknown, files: number): Issue[] {
  const reference = field(json, 'message_reference');
  const issues = ['message_id', 'channel_id'].flatMap((name) =>
    isAbsent(field(reference, name)) ? [required(['message_reference', name])] : [],
  );
  const hasOwnContent =
    (textOf(field(json, 'content')) ?? '') !== '' ||
    !isAbsent(field(json, 'poll')) ||
    OWN_PARTS.some((name) => listOf(field(json, name)).length > 0) ||
    files > 0;
  return hasOwnContent
    ? [
        ...issues,
        issue(
          ['message_reference'],
          'MESSAGE_FORWARD_CANNOT_HAVE_CONTENT',
          'A forward cannot have content of its own',
        ),
      ]
    : issues;
}
