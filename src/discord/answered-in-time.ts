import { withinDecision } from '../app/accept/decision-limit.ts';
import type { CommandServices } from './command.ts';
import { messagesFor } from './messages/messages-for.ts';
import type { InteractionKey, Replies } from './replies.ts';
import type { Served } from './served.ts';

/** Thrown into work that would give a first answer after the caller was answered as busy. */
class AnsweredAsBusy extends Error {}

/**
 * Runs the work that answers a call. Where it has not begun to answer when the time for a decision has
 * passed, whatever it waits for, the caller is answered that the bot is busy; it then goes on, but
 * none of its answers is sent, so that nothing can begin by them.
 */
export async function answeredInTime(
  call: InteractionKey & Pick<Served, 'language' | 'receivedElapsed'>,
  { replies, clock, log }: Pick<CommandServices, 'replies' | 'clock' | 'log'>,
  work: (replies: Replies) => Promise<void>,
): Promise<void> {
  const first = closable(replies);
  const working = work(first.replies);
  if ((await withinDecision(clock, call, working)) !== 'late') return;
  if (!first.close()) return working;
  const named = { interactionId: call.id };
  log.warn(named, 'not decided in time: answered as busy');
  working.catch((cause: unknown) => {
    if (cause instanceof AnsweredAsBusy) return;
    log.error({ ...named, err: cause }, 'command broke after it was answered as busy');
  });
  await replies.privately(call, messagesFor(call.language).answers.busy);
}

/** These replies until they are closed, which is possible while no first answer has begun. */
function closable(replies: Replies): { readonly replies: Replies; readonly close: () => boolean } {
  let state: 'open' | 'answered' | 'closed' = 'open';

  function begin(): void {
    if (state === 'closed') throw new AnsweredAsBusy();
    state = 'answered';
  }

  const asFirst =
    <Given extends readonly unknown[]>(send: (...given: Given) => Promise<void>) =>
    async (...given: Given): Promise<void> => {
      begin();
      await send(...given);
    };

  return {
    close() {
      if (state === 'open') state = 'closed';
      return state === 'closed';
    },
    replies: {
      ...replies,
      privately: asFirst(async (key, message) => replies.privately(key, message)),
      deferPrivately: asFirst(async (key) => replies.deferPrivately(key)),
      openModal: asFirst(async (key, modal) => replies.openModal(key, modal)),
      update: asFirst(async (key, message) => replies.update(key, message)),
      deferUpdate: asFirst(async (key) => replies.deferUpdate(key)),
      async deferPublicly(key) {
        if (state === 'closed') return { kind: 'refused', detail: 'answered as busy' };
        begin();
        return replies.deferPublicly(key);
      },
    },
  };
}
