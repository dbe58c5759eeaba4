import type { VideoRequest } from '../../domain/routes/request.ts';
import type { Route } from '../../domain/routes/route.ts';
import { acceptedWays } from '../../domain/ways/way.ts';
import { nameOrAnswered } from '../assets/name-or-answered.ts';
import type { Place } from '../interaction.ts';
import { messagesFor } from '../messages/messages-for.ts';
import type { Row } from '../layout/layout.ts';
import { isEditable } from '../second/form-fields.ts';
import { offeredTo } from '../second/offered-to.ts';
import { keptOrWithout } from '../second/or-without.ts';
import { withoutWays } from '../second/without-ways.ts';
import {
  CHANGE_ACTION,
  offerButton,
  offeredOf,
  offeredWay,
  waySelect,
} from '../second/way-choice.ts';
import type { Served } from '../served.ts';
import type { MakingServices, Wanted } from '../wanted.ts';

/** A request without a model that can make it here. */
interface WithoutModel extends Pick<Wanted, 'origin' | 'claim'> {
  readonly request: VideoRequest;
  /** The routes to choose from. */
  readonly allowed: readonly Route[];
  /** What is wrong with the model that was typed; `undefined` if none was and there is no default. */
  readonly why?: string | undefined;
}

/**
 * Asks for the model of a request that names none, or none that can be used: by a select of those
 * that are allowed and accept the request, with prices, and a form to change it.
 */
export async function askForModel(
  call: Place & Served,
  services: MakingServices,
  { request: asked, allowed, why, origin, claim }: WithoutModel,
): Promise<void> {
  const request = await nameOrAnswered(call, services, asked);
  if (request === undefined) return;
  const { replies, priceList } = services;
  const messages = messagesFor(call.language);
  const { modelChoice: words, models, second } = messages;
  if (allowed.length === 0) return replies.privately(call, why ?? models.none);
  const all = acceptedWays(await filledFor(call, services, { request, allowed }), priceList);
  const { ways, more } = offeredOf(all, messages);
  const id = await keptOrWithout(call, services, {
    ...offeredTo(call),
    route: '',
    request,
    ways: ways.map(offeredWay),
    origin,
    claim,
  });
  const text = why ?? (ways.length === 0 ? words.noneTakes : words.notGiven);
  if (id === undefined) return replies.privately(call, withoutWays(text, all, messages));
  const rows: Row[] = [
    ...(ways.length === 0 ? [] : [[waySelect(id, ways, messages)]]),
    ...(isEditable(request) ? [[offerButton(CHANGE_ACTION, id, second.wayOn.change)]] : []),
  ];
  const notes = isEditable(request) ? more : [...more, `-# ${second.wayOn.tooLongToChange}`];
  await replies.privately(call, { content: [text, ...notes].join('\n'), rows });
}

/** The request as each route would make it, with what the member prefers. */
async function filledFor(
  { member }: Served,
  { fillIn }: Pick<MakingServices, 'fillIn'>,
  { request, allowed }: Pick<WithoutModel, 'request' | 'allowed'>,
): Promise<{ readonly route: Route; readonly request: VideoRequest }[]> {
  return Promise.all(
    allowed.map(async (route) => {
      const filled = await fillIn(member.user.id, route, request);
      // A choice is filled in once more, and says then that the store does not answer.
      return { route, request: 'kind' in filled ? request : filled.request };
    }),
  );
}
