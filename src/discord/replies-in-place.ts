import type { Opener } from './component-interaction.ts';
import type { Replies } from './replies.ts';

/** Answers in the message that was clicked, at once or later, instead of a new one. */
export function inPlace(
  replies: Pick<Replies, 'update' | 'deferUpdate' | 'finish'>,
): Pick<Replies, 'privately' | 'deferPrivately' | 'finish'> {
  return {
    privately: async (key, message) =>
      replies.update(key, typeof message === 'string' ? { content: message } : message),
    deferPrivately: async (key) => replies.deferUpdate(key),
    finish: async (key, message) => replies.finish(key, message),
  };
}

/**
 * The same where the clicker alone sees that message. A forged click may name a public one, which
 * only its task may change.
 */
export function inPlaceOfPrivate(
  message: Pick<Opener, 'isPrivate'> | undefined,
  replies: Replies,
): Pick<Replies, 'privately' | 'deferPrivately' | 'finish'> {
  return message?.isPrivate === true ? inPlace(replies) : replies;
}
