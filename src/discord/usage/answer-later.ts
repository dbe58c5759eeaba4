import type { Language } from '../../domain/language.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { InteractionKey, PrivateMessage, Replies } from '../replies.ts';

/**
 * Acknowledges at once, for the caller alone, and fills the answer in when it is there. Where it
 * cannot be made the caller is told so, and the cause goes on to whoever logs it.
 */
export async function answerLater(
  call: InteractionKey & { readonly language: Language },
  { replies }: { readonly replies: Pick<Replies, 'deferPrivately' | 'finish'> },
  make: () => Promise<PrivateMessage>,
): Promise<void> {
  await replies.deferPrivately(call);
  let message: PrivateMessage;
  try {
    message = await make();
  } catch (cause) {
    await replies.finish(call, { content: messagesFor(call.language).usageCommand.failed });
    throw cause;
  }
  await replies.finish(call, message);
}
