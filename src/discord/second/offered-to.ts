import type { Offer } from '../../app/second/offer.ts';
import type { Place } from '../interaction.ts';
import type { Served } from '../served.ts';

/** Whose an offer is, and the answer to their call, which shows it. */
export function offeredTo({
  id,
  token,
  applicationId,
  guildId,
  member,
}: Place & Served): Pick<Offer, 'interactionId' | 'guildId' | 'memberId' | 'answer'> {
  return {
    interactionId: id,
    guildId,
    memberId: member.user.id,
    answer: { applicationId, token },
  };
}
