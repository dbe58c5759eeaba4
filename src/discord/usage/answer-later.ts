import type { Language } from '../../domain/language.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { InteractionKey, PrivateMessage, Replies } from '../replies.ts';

/**
 * Acknowledges immediately, visible only to the caller, and fills in the answer when it is ready.
 * If making it fails, the caller gets a failure message and the error is rethrown to be logged.
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
