import type { ComponentCall, ComponentHandler, CommandServices } from '../src/discord/command.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { CANCEL_ACTION } from '../src/discord/render/task-buttons.ts';

/** The button under a video that waits to be sent: lets its requester cancel it while it waits. */
export const cancelVideo: ComponentHandler = { action: CANCEL_ACTION, run };

async function run(
  call: ComponentCall,
  taskId: string,
  services: Pick<CommandServices, 'cancelVideo' | 'replies'>,
): Promise<void> {
  const { cancel } = messagesFor(call.language);
  const answer = await services.cancelVideo(taskId, call.member.user.id);
  switch (answer) {
    case 'cancelled':
      // The task's message shows the result.
      return services.replies.deferUpdate(call);
    case 'sent':
      return services.replies.privately(call, cancel.sent);
    case 'of-another':
      return services.replies.privately(call, cancel.ofAnother);
    case 'gone':
      return services.replies.privately(call, cancel.gone);
  }
}
