import { chooseAuto } from '../../domain/auto/choose-auto.ts';
import type { LeftOut } from '../../domain/preferences/with-preferences.ts';
import type { VideoRequest } from '../../domain/routes/request.ts';
import type { Route } from '../../domain/routes/route.ts';
import { validateRequest } from '../../domain/routes/validate.ts';
import { nearestRoute } from '../../domain/ways/nearest-route.ts';
import { autoFacts } from './auto-facts.ts';
import type { AutoFactServices } from './auto-facts.ts';
import { nameOrAnswered } from '../assets/name-or-answered.ts';
import type { Place } from '../interaction.ts';
import { makeVideo } from '../make-video.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { answerWithWays } from '../second/answer-with-ways.ts';
import { routesHere } from '../second/routes-here.ts';
import type { Served } from '../served.ts';
import type { MakingServices, Wanted } from '../wanted.ts';

/** The services that the choice of `auto` needs. */
export type AutoServices = MakingServices & AutoFactServices;

/** A request whose model the bot chooses. */
export interface AutoWanted extends Omit<Wanted, 'route' | 'auto' | 'leftOut'> {
  /** Preferences that could not be followed before a route was chosen. */
  readonly leftOut?: LeftOut;
  /** The request as a route would make it; by default unchanged. */
  readonly requestOn?: (route: Route, request: VideoRequest) => Promise<AutoCandidate | StoreDown>;
  /** The request as it is sent to the chosen route; `undefined` if the member was answered why not. */
  readonly ready?: (way: Pick<Wanted, 'route' | 'request'>) => Promise<VideoRequest | undefined>;
}

interface AutoCandidate {
  readonly route: Route;
  readonly request: VideoRequest;
  readonly leftOut: LeftOut;
}

interface StoreDown {
  readonly kind: 'store-down';
  readonly reference: string;
}

/** Chooses the model for a request and makes its video, or says why no model here can. */
export async function makeAuto(
  call: Place & Served,
  services: AutoServices,
  { request: asked, leftOut = [], requestOn, ready, ...wanted }: AutoWanted,
): Promise<void> {
  const { answers, models, modelChoice } = messagesFor(call.language);
  // The names in its prompt decide which routes take it.
  const request = await nameOrAnswered(call, services, asked);
  if (request === undefined) return;
  const allowed = await routesHere(call, services);
  const filled = await Promise.all(
    allowed.map(async (route): Promise<AutoCandidate | StoreDown> =>
      requestOn === undefined ? { route, request, leftOut: [] } : requestOn(route, request),
    ),
  );
  const failed = filled.find(isStoreDown);
  if (failed !== undefined) {
    return services.replies.privately(call, answers.storeDown(failed.reference));
  }
  const candidates = filled.filter((one): one is AutoCandidate => !isStoreDown(one));
  const chosen = chooseAuto(candidates, autoFacts(services));
  if (chosen.kind !== 'none') {
    const { way } = chosen;
    const sent = ready === undefined ? way.request : await ready(way);
    if (sent === undefined) return;
    await makeVideo(call, services, {
      ...wanted,
      route: way.route,
      request: sent,
      leftOut: [...leftOut, ...way.leftOut],
      auto: chosen.kind === 'chosen' ? chosen.auto : undefined,
    });
    return;
  }
  const route = nearestRoute(request, allowed) ?? allowed[0];
  if (route === undefined) return services.replies.privately(call, models.none);
  const issues = validateRequest(route, request);
  await answerWithWays(call, services, {
    ...wanted,
    route,
    request,
    issues,
    before: modelChoice.autoNone,
  });
}

function isStoreDown(filled: AutoCandidate | StoreDown): filled is StoreDown {
  return 'kind' in filled;
}
