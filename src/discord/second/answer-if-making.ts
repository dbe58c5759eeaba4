import { taskOfClick } from '../../app/second/task-of-click.ts';
import type { ClickClaim } from '../../domain/tasks/click-claim.ts';
import type { CommandServices, ComponentCall } from '../command.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { taskLink } from '../render/message-link.ts';
import { offerButton } from './way-choice.ts';

/**
 * Before a form opens: if the same click is making a video already, answers with its link and a
 * button `…-another` that opens the form all the same. Resolves with whether it answered.
 */
export async function answerIfMaking(
  call: ComponentCall,
  { replies, clicks, tasks: store, clock }: CommandServices,
  claim: ClickClaim,
): Promise<boolean> {
  const made = await taskOfClick({ clicks, store, clock }, claim);
  const link = made === undefined ? undefined : taskLink(made);
  if (link === undefined) return false;
  const { second } = messagesFor(call.language);
  const another = offerButton(`${claim.action}-another`, claim.sourceId, second.another);
  await replies.privately(call, { content: second.alreadyMade(link), rows: [[another]] });
  return true;
}
