import { checkConfirmation } from '../../app/check-confirmation.ts';
import type { PendingConfirmation } from '../../app/ports/confirmation-port.ts';
import { neededCommands } from '../access/needed-commands.ts';
import { whyRestricted } from '../access/why-restricted.ts';
import type { CommandServices } from '../command.ts';
import type { Place } from '../interaction.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { Served } from '../served.ts';

type OfferServices = Pick<CommandServices, 'confirmations' | 'commandAccess' | 'replies'>;

/** The offer of a button, if this member may still use it; else why not, in words. */
export async function findOffer(
  call: Place & Served,
  services: Pick<OfferServices, 'confirmations' | 'commandAccess'>,
  offerId: string,
): Promise<PendingConfirmation | string> {
  const { refused } = messagesFor(call.language).second;
  const offer = await services.confirmations.get(offerId);
  const click = { guildId: call.guildId, memberId: call.member.user.id, at: call.receivedAt };
  const verdict = checkConfirmation(offer, click);
  if (verdict === 'of-another') return refused.ofOther;
  // A price that waits is confirmed by its own button.
  if (verdict !== 'good' || offer?.ways === undefined) return refused.offerGone;
  return (await whyRestricted(call, services, neededCommands(offer.claim))) ?? offer;
}

/** The same; `undefined` if the member was answered why not. */
export async function offerOrRefused(
  call: Place & Served,
  services: OfferServices,
  offerId: string,
): Promise<PendingConfirmation | undefined> {
  const found = await findOffer(call, services, offerId);
  if (typeof found !== 'string') return found;
  await services.replies.privately(call, found);
  return undefined;
}
