import { OFFER_MS } from '../src/domain/tasks/confirmable-until.ts';
import type { Quote } from '../src/domain/ledger/quote.ts';
import type { VideoRequest } from '../src/domain/routes/request.ts';
import type { Route } from '../src/domain/routes/route.ts';
import type { PendingConfirmation } from '../src/app/ports/confirmation-port.ts';
import type {
  ComponentCall,
  ComponentHandler,
  CommandServices,
  ModalHandler,
} from '../src/discord/command.ts';
import { makeVideo } from '../src/discord/make-video.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { ANOTHER_ACTION } from '../src/discord/second/answer-made-already.ts';
import { MAKE_ACTIONS, nearestWays } from '../src/discord/second/answer-with-ways.ts';
import { findOffer, offerOrRefused } from '../src/discord/second/find-offer.ts';
import { routesHere } from '../src/discord/second/routes-here.ts';
import { readOrAnswered, withTyped } from '../src/discord/second/read-or-answered.ts';
import { isEditable } from '../src/discord/second/form-fields.ts';
import { typedPrompt } from '../src/discord/second/read-fields.ts';
import { requestForm } from '../src/discord/second/request-form.ts';
import { CHANGE_ACTION, CHOOSE_ACTION } from '../src/discord/second/way-choice.ts';
import type { Wanted } from '../src/discord/wanted.ts';

const SENT_ACTION = 'changed';

/** The select of an offer: makes the request as the chosen way, at the price that it showed. */
const choose: ComponentHandler = {
  action: CHOOSE_ACTION,
  asCommand: 'video',
  async run(call, offerId, services) {
    const offer = await offerOrRefused(call, services, offerId);
    if (offer === undefined) return;
    // The values are positions as the select was given them, and nothing that only counts as one.
    const way = offer.ways?.find((_, position) => String(position) === call.values[0]);
    const route = services.routesOn.find(({ id }) => id === way?.route);
    if (way === undefined || route === undefined) return refuseChoice(call, services);
    const { resolution, shown } = way;
    const typed = { ...offer.request, ...(resolution === undefined ? {} : { resolution }) };
    const filled = await filledIn(call, services, { offer, route, typed });
    if (filled !== undefined) await makeOffered(call, services, { ...filled, offer, route, shown });
  },
};

/**
 * The chosen request; that of a `/video` without a model with what the member prefers. `undefined`
 * if the store does not answer: then the member was answered.
 */
async function filledIn(
  call: ComponentCall,
  { fillIn, replies }: CommandServices,
  {
    offer,
    route,
    typed,
  }: {
    readonly offer: PendingConfirmation;
    readonly route: Route;
    readonly typed: VideoRequest;
  },
): Promise<Pick<Wanted, 'request' | 'leftOut'> | undefined> {
  const isWithoutModel = offer.route === '' && offer.origin === undefined;
  if (!isWithoutModel) return { request: typed };
  const filled = await fillIn(offer.memberId, route, typed);
  if (!('kind' in filled)) return filled;
  await replies.privately(call, messagesFor(call.language).answers.storeDown(filled.reference));
  return undefined;
}

/** The buttons that make the nearest request that the route accepts, decided afresh. */
const makeNearest = (['nearest', 'frames', 'references'] as const).map(
  (keeps): ComponentHandler => ({
    action: MAKE_ACTIONS[keeps],
    asCommand: 'video',
    async run(call, offerId, services) {
      const offer = await offerOrRefused(call, services, offerId);
      if (offer === undefined) return;
      const route = routeOf(offer, services);
      const ways = route === undefined ? [] : nearestWays({ ...offer, route }, services);
      const way = ways.find((nearest) => (nearest.keeps ?? 'nearest') === keeps);
      if (way === undefined) return refuseChoice(call, services);
      await makeOffered(call, services, { ...way, offer, shown: offer.shown });
    },
  }),
);

/** The button "Make another" beside the link to a video that is not finished. */
const another: ComponentHandler = {
  action: ANOTHER_ACTION,
  asCommand: 'video',
  async run(call, offerId, services) {
    const offer = await offerOrRefused(call, services, offerId);
    if (offer === undefined) return;
    const route = routeOf(offer, services);
    if (route === undefined) return refuseChoice(call, services);
    const { request, shown } = offer;
    await makeOffered(call, services, { offer, route, request, shown, isAnother: true });
  },
};

/** The button that opens the form with what was refused. Opening it uses nothing up. */
const change: ComponentHandler = {
  action: CHANGE_ACTION,
  asCommand: 'video',
  async run(call, offerId, services) {
    const offer = await offerOrRefused(call, services, offerId);
    if (offer === undefined) return;
    const messages = messagesFor(call.language);
    if (!isEditable(offer.request)) {
      return services.replies.privately(call, messages.second.refused.tooLongToEdit);
    }
    const { request, typedDuration } = offer;
    const shown = { request, typedDuration, route: routeOf(offer, services) };
    const routes = await routesHere(call, services);
    const form = { customId: `${SENT_ACTION}:${offer.id}`, routes };
    await services.replies.openModal(call, requestForm(shown, form, messages));
    await services.confirmations.extend(offer, call.receivedAt + OFFER_MS);
  },
};

/** That form, sent. If its request is not kept any more, the typed prompt is given back. */
export const changedRequest: ModalHandler = {
  action: SENT_ACTION,
  asCommand: 'video',
  async run(call, offerId, services) {
    const found = await findOffer(call, services, offerId);
    if (typeof found === 'string') {
      const answer = withTyped(found, typedPrompt(call), messagesFor(call.language));
      return services.replies.privately(call, answer);
    }
    const entry = await readOrAnswered(call, services, found.request);
    if (entry !== undefined) await makeOffered(call, services, { ...entry, offer: found });
  },
};

/** Everything on private messages that offer ways to make a request. */
export const offerButtons: readonly ComponentHandler[] = [choose, ...makeNearest, another, change];

function routeOf(
  { route }: PendingConfirmation,
  { routesOn }: Pick<CommandServices, 'routesOn'>,
): Route | undefined {
  return routesOn.find(({ id }) => id === route);
}

async function refuseChoice(call: ComponentCall, { replies }: CommandServices): Promise<void> {
  await replies.privately(call, messagesFor(call.language).second.refused.noLonger);
}

async function makeOffered(
  call: Parameters<typeof makeVideo>[0],
  services: CommandServices,
  made: {
    readonly offer: PendingConfirmation;
    readonly route: Route;
    readonly request: VideoRequest;
    readonly leftOut?: Wanted['leftOut'];
    readonly shown?: Quote | undefined;
    readonly isAnother?: true;
    readonly typedDuration?: Wanted['typedDuration'];
  },
): Promise<void> {
  const { offer, route, request, leftOut, shown, typedDuration } = made;
  const { isAnother = offer.isAnother } = made;
  const ownClaim = { memberId: offer.memberId, sourceId: offer.id, action: 'offer' };
  await makeVideo(call, services, {
    route,
    request,
    leftOut,
    typedDuration,
    usesUp: offer,
    claim: offer.claim ?? ownClaim,
    ...(shown === undefined ? {} : { agreed: { shown, by: offer.agreedBy ?? 'choice' } }),
    origin: offer.origin,
    isAnother,
  });
}
