import type { UsedUp } from '../../app/ports/confirmation-port.ts';
import type { CommandServices } from '../command.ts';
import { UndeliveredReply } from '../replies.ts';

/**
 * Replaces the answer that asked or offered by what became of it, without its buttons. Where the
 * token of that answer is unknown or no longer valid, the answer stays as it is: its buttons do
 * nothing any more.
 */
export async function closeQuestion(
  { id, answer }: UsedUp,
  content: string,
  { replies }: Pick<CommandServices, 'replies'>,
): Promise<void> {
  if (answer === undefined) return;
  try {
    await replies.finish({ id, ...answer }, { content });
  } catch (cause) {
    if (!(cause instanceof UndeliveredReply)) throw cause;
  }
}
