import type { Place } from '../interaction.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { Replies } from '../replies.ts';
import type { Served } from '../served.ts';
import { offerButton } from './way-choice.ts';

/** Asks before a second video is made of one that may have been charged; "Go on" is `…-anyway`. */
export async function askBecauseHeld(
  call: Place & Served,
  { replies }: { readonly replies: Replies },
  action: string,
  taskId: string,
): Promise<void> {
  const { second } = messagesFor(call.language);
  await replies.privately(call, {
    content: second.heldFirst,
    rows: [[offerButton(`${action}-anyway`, taskId, second.goOn)]],
  });
}
