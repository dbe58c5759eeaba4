import type { ComponentCall, ComponentHandler, CommandServices } from '../src/discord/command.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { mayManageMessages } from '../src/discord/permissions.ts';
import { CANCEL_ACTION } from '../src/discord/render/task-buttons.ts';

/**
 * The button under a video that waits to be sent: cancels it while it waits, for its caller and for
 * members who manage messages here.
 */
export const cancelVideo: ComponentHandler = { action: CANCEL_ACTION, run };

async function run(
  call: ComponentCall,
  taskId: string,
  services: Pick<CommandServices, 'cancelVideo' | 'replies'>,
): Promise<void> {
  const { cancel } = messagesFor(call.language);
  const { guildId, channelId, member } = call;
  const answer = await services.cancelVideo(taskId, {
    memberId: member.user.id,
    guildId,
    channelId,
    managesMessages: mayManageMessages(call),
  });
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
