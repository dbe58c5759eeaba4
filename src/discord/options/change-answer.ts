import type { Messages } from '../messages/en.ts';
import { actionButton } from '../render/buttons.ts';
import { shorten } from '../render/escape-user-text.ts';
import type { PlainMessage } from '../replies.ts';
import type { Edited } from './edit.ts';
import { MESSAGE_MAX } from './fit-lines.ts';

export const UNDO_ACTION = 'undo';

/** The answer to a change of limits or settings, with a button that undoes it. */
export function changeAnswer(
  { reply, isChanged }: Edited,
  callId: string,
  { changes: words }: Messages,
): PlainMessage {
  const content = shorten(reply, MESSAGE_MAX);
  if (!isChanged) return { content };
  return { content, rows: [[actionButton([UNDO_ACTION, callId], words.undo)]] };
}
