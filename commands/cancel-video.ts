import { withinLimit } from '../src/app/within-limit.ts';
import type { CancelAnswer } from '../src/app/ports/cancel-port.ts';
import type { ComponentCall, ComponentHandler, CommandServices } from '../src/discord/command.ts';
import type { Messages } from '../src/discord/messages/en.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { mayManageMessages } from '../src/discord/permissions.ts';
import { CANCEL_ACTION } from '../src/discord/render/task-buttons.ts';

/**
 * The button under a video that waits to be sent, or at its provider: cancels it while it waits, for
 * its caller and for members who manage messages here.
 */
export const cancelVideo: ComponentHandler = { action: CANCEL_ACTION, run };

/** A click is acknowledged after this, in milliseconds, where the provider has to be asked. */
const ACKNOWLEDGED_AFTER_MS = 1500;

type Services = Pick<CommandServices, 'cancelVideo' | 'clock' | 'replies'>;

async function run(call: ComponentCall, taskId: string, services: Services): Promise<void> {
  const { guildId, channelId, member } = call;
  const cancelling = services.cancelVideo(taskId, {
    memberId: member.user.id,
    guildId,
    channelId,
    managesMessages: mayManageMessages(call),
  });
  const answer = await withinLimit(services.clock, ACKNOWLEDGED_AFTER_MS, cancelling);
  if (answer === 'late') return finishLater(call, cancelling, services);
  // The task's message shows the result.
  if (answer === 'cancelled' || answer === 'asked') return services.replies.deferUpdate(call);
  return services.replies.privately(call, textOf(answer, messagesFor(call.language)));
}

async function finishLater(
  call: ComponentCall,
  cancelling: Promise<CancelAnswer>,
  { replies }: Services,
): Promise<void> {
  // The dispatch answers for what fails meanwhile.
  await Promise.all([replies.deferPrivately(call), cancelling]);
  const content = textOf(await cancelling, messagesFor(call.language));
  await replies.finish(call, { content });
}

function textOf(answer: CancelAnswer, { cancel }: Messages): string {
  switch (answer) {
    case 'cancelled':
      return cancel.done;
    case 'asked':
      return cancel.asked;
    case 'sent':
      return cancel.sent;
    case 'of-another':
      return cancel.ofAnother;
    case 'gone':
      return cancel.gone;
  }
}
