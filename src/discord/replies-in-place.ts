import type { Replies } from './replies.ts';

/** Answers later in the message that was clicked, instead of a new one. */
export function inPlace(replies: Replies): Pick<Replies, 'deferPrivately' | 'finish'> {
  return {
    deferPrivately: async (key) => replies.deferUpdate(key),
    finish: async (key, message) => replies.finish(key, message),
  };
}
