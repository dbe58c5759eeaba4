import type { HistoryStart } from '../../app/ports/history-port.ts';
import type { CommandServices } from '../command.ts';
import type { Place } from '../interaction.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { PrivateMessage, Replies } from '../replies.ts';
import type { Served } from '../served.ts';
import { answerInTurn } from '../usage/answer-later.ts';
import { historyAnswer } from './history-answer.ts';

export type HistoryServices = Pick<
  CommandServices,
  'history' | 'searches' | 'reports' | 'retentionDays' | 'catalogue' | 'replies'
>;

/** Which page is shown, and how the call that asks for it is acknowledged. */
export interface WantedPage {
  readonly search: string | undefined;
  readonly start: HistoryStart;
  /** Shows a new private message, or keeps the one that has the button. */
  readonly acknowledge: Replies['deferPrivately'];
}

/** Shows a page of the caller's own tasks, when its turn comes. */
export async function showHistory(
  call: Place & Served,
  services: HistoryServices,
  wanted: WantedPage,
): Promise<void> {
  const { history: words, usageCommand } = messagesFor(call.language);
  const { reports, replies } = services;
  const turn = {
    turns: reports.turns.histories,
    owner: call.member.user.id,
    full: words.full,
    late: usageCommand.busy,
  };
  const through: Pick<Replies, 'deferPrivately' | 'finish'> = {
    deferPrivately: wanted.acknowledge,
    finish: async (key, message) => replies.finish(key, message),
  };
  await answerInTurn(call, { replies: through }, turn, async () =>
    pageAnswer(call, services, wanted),
  );
}

async function pageAnswer(
  call: Place & Served,
  { history, searches, retentionDays, catalogue }: HistoryServices,
  { search, start }: WantedPage,
): Promise<PrivateMessage> {
  const { guildId } = call;
  const memberId = call.member.user.id;
  const page = await history.read({ memberId, guildId, search, start });
  if (search !== undefined) {
    const { older, newer } = page;
    searches.remember(call.id, { memberId, guildId, search, older, newer });
  }
  const found = search === undefined ? undefined : { text: search, pageId: call.id };
  const messages = messagesFor(call.language);
  return historyAnswer({ page, search: found, retentionDays }, { messages, catalogue });
}
