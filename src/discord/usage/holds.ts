import type { HoldAction } from '../../app/hold-actions.ts';
import type { CommandCall, CommandServices, ComponentCall, ModalCall } from '../command.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { PrivateMessage, Replies } from '../replies.ts';
import { answerInTurn, answerLater } from './answer-later.ts';
import { backToList, holdMenu, holdView } from './hold-choice.ts';
import { holdAnswerText } from './hold-answer.ts';
import { MAX_HOLD_LINES, holdsLayout } from './holds-layout.ts';
import { readHoldRequest } from './read-hold-request.ts';

export type HoldServices = Pick<
  CommandServices,
  'holds' | 'notices' | 'guilds' | 'priceList' | 'replies' | 'reports' | 'catalogue'
>;
type HoldCall = CommandCall | ComponentCall | ModalCall;

/** `/usage holds`: the tasks whose money is held, and how an admin ends them. */
export async function manageHolds(call: CommandCall, services: HoldServices): Promise<void> {
  const request = readHoldRequest(call.options, messagesFor(call.language));
  switch (request.kind) {
    case 'refused':
      return services.replies.privately(call, request.why);
    case 'list':
      return listHolds(call, services, services.replies);
    case 'act':
      return actOnHold(call, services, services.replies, request);
  }
}

type LaterReplies = Pick<Replies, 'deferPrivately' | 'finish'>;

/** Answers with the list, and a menu to choose one. */
export async function listHolds(
  call: HoldCall,
  services: HoldServices,
  replies: LaterReplies,
): Promise<void> {
  await readInTurn(call, services, replies, async () => holdList(call, services));
}

/** Answers with one held task and the ways to resolve it. */
export async function showHold(
  call: HoldCall,
  services: HoldServices,
  replies: LaterReplies,
  taskId: string,
): Promise<void> {
  const { holds, catalogue, priceList } = services;
  const messages = messagesFor(call.language);
  await readInTurn(call, services, replies, async () => {
    const { oldest } = await holds.list(call.guildId, MAX_HOLD_LINES);
    const task = oldest.find(({ id }) => id === taskId);
    if (task !== undefined) {
      return holdView(task, messages, { catalogue, hasPrices: priceList !== undefined });
    }
    const content = messages.usageCommand.holds.notHeld(`\`${taskId}\``);
    return { content, rows: [[backToList(messages)]] };
  });
}

/** Reads many records, so each server has its turn. */
async function readInTurn(
  call: HoldCall,
  services: HoldServices,
  replies: LaterReplies,
  make: () => Promise<PrivateMessage>,
): Promise<void> {
  const { busy, failed } = messagesFor(call.language).usageCommand;
  const turn = {
    turns: services.reports.turns.reads,
    owner: call.guildId,
    full: busy,
    late: busy,
    failed,
  };
  await answerInTurn(call, { replies }, turn, make);
}

/** Includes the latest notices if the admins chose no channel for them. */
async function holdList(
  { guildId, language }: HoldCall,
  { holds, notices, guilds, catalogue }: HoldServices,
): Promise<PrivateMessage> {
  const messages = messagesFor(language);
  const { notices: channel } = await guilds.get(guildId);
  const [held, latestNotices] = await Promise.all([
    holds.list(guildId, MAX_HOLD_LINES),
    channel === undefined ? notices.list(guildId) : [],
  ]);
  const rows = holdMenu(held.oldest, messages, catalogue);
  return { layout: holdsLayout(held, latestNotices, { messages, catalogue, rows }) };
}

/** Resolves a charge or asks its provider again, and answers with what came of it. */
export async function actOnHold(
  call: HoldCall,
  { holds, priceList }: Pick<HoldServices, 'holds' | 'priceList'>,
  replies: LaterReplies,
  { taskId, action }: { readonly taskId: string; readonly action: HoldAction },
): Promise<void> {
  const messages = messagesFor(call.language);
  await answerLater(call, { replies }, async () => {
    const answer = await holds.act(call.guildId, taskId, action, call.member.user.id);
    const currency = priceList?.currency ?? '';
    const content = holdAnswerText(answer, { taskId, action, currency }, messages);
    return 'customId' in call ? { content, rows: [[backToList(messages)]] } : { content };
  });
}
