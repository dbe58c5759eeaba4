import type { Task } from '../src/domain/tasks/task.ts';
import { MAX_REMOVED, messagesOf } from '../src/app/message-removal.ts';
import type { MessagePlace } from '../src/app/ports/bot-messages-port.ts';
import type { ComponentCall, ComponentHandler, CommandServices } from '../src/discord/command.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { ERASE_ACTIONS } from '../src/discord/privacy/erase-question.ts';
import { deletedText } from '../src/discord/privacy/deleted-text.ts';
import { inLibraries } from '../src/discord/privacy/in-libraries.ts';
import { inPlace } from '../src/discord/replies-in-place.ts';
import { answerInTurn } from '../src/discord/usage/answer-later.ts';

type EraseServices = Pick<
  CommandServices,
  'personalData' | 'reports' | 'replies' | 'messageRemoval' | 'catalogue'
>;

/** The buttons under the question of `/privacy delete`; each deletes the clicker's own data alone. */
export const eraseButtons: readonly ComponentHandler[] = [
  {
    action: ERASE_ACTIONS.data,
    run: async (call, _id, services) => erase(call, services, { withMessages: false }),
  },
  {
    action: ERASE_ACTIONS.all,
    run: async (call, _id, services) => erase(call, services, { withMessages: true }),
  },
  {
    action: ERASE_ACTIONS.cancel,
    async run(call, _id, { replies }) {
      await replies.update(call, { content: messagesFor(call.language).erase.kept });
    },
  },
];

async function erase(
  call: ComponentCall,
  { personalData, reports, replies, messageRemoval, catalogue }: EraseServices,
  { withMessages }: { readonly withMessages: boolean },
): Promise<void> {
  const messages = messagesFor(call.language);
  const { erase: words, privacy, usageCommand } = messages;
  const memberId = call.member.user.id;
  const turn = {
    turns: reports.turns.members,
    owner: memberId,
    full: privacy.alreadyRunning,
    late: usageCommand.busy,
  };
  await answerInTurn(call, { replies: inPlace(replies) }, turn, async () => {
    // Before the deletion: afterwards they are not known any more.
    const { tasks, assets } = await personalData.read(memberId);
    const places = withMessages ? await placesOf(tasks) : [];
    const staying = inLibraries(assets, catalogue).filter(({ deletesAssets }) => !deletesAssets);
    const deleted = await personalData.delete(memberId);
    const content = deletedText(deleted, messages, { withMessages, staying });
    if (places.length === 0) return { content };
    const count = Math.min(places.length, MAX_REMOVED);
    messageRemoval.start(places, (gone) => {
      const text = `${content}\n${words.removed(gone, count)}`;
      // Within the 15 minutes in which the answer can be changed; if it cannot, no one misses it.
      replies.finish(call, { content: text }).catch(() => undefined);
    });
    const more = places.length > count ? [words.more(count)] : [];
    return { content: [content, words.removing(count), ...more].join('\n') };
  });
}

/** The messages of the latest videos, at most one more than are deleted. */
async function placesOf(pages: AsyncIterable<readonly Task[]>): Promise<MessagePlace[]> {
  let places: MessagePlace[] = [];
  for await (const page of pages) {
    places = [...page.flatMap(messagesOf).toReversed(), ...places].slice(0, MAX_REMOVED + 1);
  }
  return places;
}
