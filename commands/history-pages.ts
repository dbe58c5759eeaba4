import type { HistoryStart } from '../src/app/ports/history-port.ts';
import type { ComponentCall, ComponentHandler, CommandServices } from '../src/discord/command.ts';
import { PAGE_ACTIONS } from '../src/discord/history/history-answer.ts';
import { showHistory } from '../src/discord/history/show-history.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { isTaskId } from '../src/domain/tasks/task-id.ts';

/** The buttons below a list of one's own videos: they replace it by the next page. */
export const historyPages: readonly ComponentHandler[] = [
  { action: PAGE_ACTIONS.older, run: plainPage('older') },
  { action: PAGE_ACTIONS.newer, run: plainPage('newer') },
  { action: PAGE_ACTIONS.searchOlder, run: searchPage('older') },
  { action: PAGE_ACTIONS.searchNewer, run: searchPage('newer') },
];

type Direction = 'older' | 'newer';

/** The id is a task's; the list is always that of the member who clicks. */
function plainPage(from: Direction): ComponentHandler['run'] {
  return async (call, id, services) => {
    const { answers } = messagesFor(call.language);
    if (!isTaskId(id)) return services.replies.privately(call, answers.notUnderstood);
    await replaceBy(call, services, { search: undefined, start: { from, than: id } });
  };
}

function searchPage(direction: Direction): ComponentHandler['run'] {
  return async (call, pageId, services) => {
    const by = { guildId: call.guildId, memberId: call.member.user.id };
    const found = services.searches.find(pageId, by, direction);
    if (found === undefined) {
      const { history } = messagesFor(call.language);
      return services.replies.privately(call, history.searchGone);
    }
    await replaceBy(call, services, found);
  };
}

async function replaceBy(
  call: ComponentCall,
  services: CommandServices,
  wanted: { readonly search: string | undefined; readonly start: HistoryStart },
): Promise<void> {
  const { replies } = services;
  await showHistory(call, services, {
    ...wanted,
    acknowledge: async (key) => replies.deferUpdate(key),
  });
}
