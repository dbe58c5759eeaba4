import { keepOffer } from '../../app/second/offer.ts';
import type { VideoRequest } from '../../domain/routes/request.ts';
import type { Route } from '../../domain/routes/route.ts';
import { waysUnchanged } from '../../domain/ways/ways-unchanged.ts';
import type { Place } from '../interaction.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { offeredWay, waySelect } from '../second/way-choice.ts';
import type { Served } from '../served.ts';
import type { MakingServices } from '../wanted.ts';

/**
 * Asks for the model of a request that names none, where there is no default: by a select of those
 * that are allowed and accept the request, with prices.
 */
export async function askForModel(
  call: Place & Served,
  services: MakingServices,
  { request, allowed }: { readonly request: VideoRequest; readonly allowed: readonly Route[] },
): Promise<void> {
  const { replies, priceList } = services;
  const messages = messagesFor(call.language);
  const { modelChoice: words, models } = messages;
  const ways = waysUnchanged(request, allowed, priceList);
  if (ways.length === 0) {
    return replies.privately(call, allowed.length === 0 ? models.none : words.noneTakes);
  }
  const { id } = await keepOffer(services, {
    interactionId: call.id,
    guildId: call.guildId,
    memberId: call.member.user.id,
    route: '',
    request,
    ways: ways.map(offeredWay),
  });
  await replies.privately(call, {
    content: words.notGiven,
    rows: [[waySelect(id, ways, messages)]],
  });
}
