import type { ComponentCall, ComponentHandler, CommandServices } from '../src/discord/command.ts';
import { openedTask } from '../src/discord/history/opened-task.ts';
import { OPEN_ACTION } from '../src/discord/history/history-answer.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { findTask } from '../src/app/second/source-task.ts';

/** The select below a list of one's own videos: shows the chosen one with its buttons. */
export const historyOpen: ComponentHandler = { action: OPEN_ACTION, run };

type OpeningServices = Pick<CommandServices, 'tasks' | 'catalogue' | 'buttons' | 'replies'>;

async function run(
  call: ComponentCall,
  _firstId: string,
  { tasks, catalogue, buttons, replies }: OpeningServices,
): Promise<void> {
  const [id = ''] = call.values;
  const task = await findTask({ tasks }, call, id);
  const { history } = messagesFor(call.language);
  const answer =
    task?.memberId === call.member.user.id
      ? openedTask({ ...task, language: call.language }, catalogue, buttons)
      : { content: history.gone };
  await replies.privately(call, answer);
}
