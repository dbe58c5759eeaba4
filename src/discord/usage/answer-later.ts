import type { Turns } from '../../app/turns.ts';
import type { Language } from '../../domain/language.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { InteractionKey, PrivateMessage, Replies } from '../replies.ts';

type LaterCall = InteractionKey & { readonly language: Language };
interface LaterServices {
  readonly replies: Pick<Replies, 'deferPrivately' | 'finish'>;
}

/**
 * Acknowledges immediately, visible only to the caller, and fills in the answer when it is ready.
 * If making it fails, the caller gets a failure message and the error is rethrown to be logged.
 */
export async function answerLater(
  call: LaterCall,
  { replies }: LaterServices,
  make: () => Promise<PrivateMessage>,
): Promise<void> {
  await replies.deferPrivately(call);
  const { failed } = messagesFor(call.language).usageCommand;
  await replies.finish(call, await madeOrFailed(call, replies, { make, failed }));
}

/** Whose turn an answer waits for, and what its caller reads if it does not come. */
export interface AnswerTurn {
  readonly turns: Turns;
  /** The id of a server or a member. */
  readonly owner: string;
  /** The owner already has as many as it may have. */
  readonly full: string;
  /** The turn did not come in time. */
  readonly late: string;
  /** Making it failed; if `undefined`, the error reaches the caller of `answerInTurn` alone. */
  readonly failed?: string;
}

/**
 * Like `answerLater`, but makes the answer only when its turn comes. The turn of an answer with files
 * ends when Discord has them, so that they do not pile up in memory; any other one before Discord is
 * asked, so that a slow Discord does not hold the turn.
 */
export async function answerInTurn(
  call: LaterCall,
  { replies }: LaterServices,
  { turns, owner, full, late, failed }: AnswerTurn,
  make: () => Promise<PrivateMessage>,
): Promise<void> {
  await replies.deferPrivately(call);
  const turn = await turns.run(owner, async () => {
    const answer = await madeOrFailed(call, replies, { make, failed });
    if (answer.files === undefined) return answer;
    await replies.finish(call, answer);
    return undefined;
  });
  if (turn.kind === 'done' && turn.value !== undefined) await replies.finish(call, turn.value);
  if (turn.kind === 'full') await replies.finish(call, { content: full });
  if (turn.kind === 'late') await replies.finish(call, { content: late });
}

interface Making {
  readonly make: () => Promise<PrivateMessage>;
  readonly failed: string | undefined;
}

async function madeOrFailed(
  call: LaterCall,
  replies: LaterServices['replies'],
  { make, failed }: Making,
): Promise<PrivateMessage> {
  try {
    return await make();
  } catch (cause) {
    // That this cannot be delivered must not hide the cause.
    if (failed !== undefined) {
      await replies.finish(call, { content: failed }).catch(() => undefined);
    }
    throw cause;
  }
}
