import type { Messages } from '../messages/en.ts';
import { actionButton } from '../render/buttons.ts';
import type { PlainMessage } from '../replies.ts';

/** The first parts of the custom ids; the second is the interaction that asked. */
export const ERASE_ACTIONS = {
  data: 'erase-data',
  all: 'erase-all',
  cancel: 'erase-nothing',
} as const;

/** What `/privacy delete` asks first. */
export function eraseQuestion(callId: string, { erase: words }: Messages): PlainMessage {
  return {
    content: words.question,
    rows: [
      [
        actionButton([ERASE_ACTIONS.data, callId], words.data, 'Danger'),
        actionButton([ERASE_ACTIONS.all, callId], words.all, 'Danger'),
        actionButton([ERASE_ACTIONS.cancel, callId], words.cancel),
      ],
    ],
  };
}
