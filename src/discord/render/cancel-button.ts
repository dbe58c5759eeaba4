import type { APIActionRowComponent, APIButtonComponent } from 'discord.js';
import type { TaskView } from '../../app/ports/message-port.ts';
import { ButtonStyle, ComponentType } from '../discord-js.ts';
import { messagesFor } from '../messages/messages-for.ts';

export const CANCEL_PREFIX = 'cancel';

/** The row under a task's message: a button while the task can be cancelled, else empty. */
export function cancelRow({
  task,
  outcome,
  queuePosition,
}: TaskView): APIActionRowComponent<APIButtonComponent>[] {
  if (queuePosition === undefined || outcome !== undefined) return [];
  return [
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: messagesFor(task.language).cancel.button,
          custom_id: `${CANCEL_PREFIX}:${task.id}`,
        },
      ],
    },
  ];
}
