import { validateRequest } from '../../domain/routes/validate.ts';
import type { Route } from '../../domain/routes/route.ts';
import { nearestRoute } from '../../domain/ways/nearest-route.ts';
import { TimestampStyles, time } from '../discord-js.ts';
import type { Place } from '../interaction.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { askForModel } from '../models/ask-for-model.ts';
import type { MakingServices, Wanted } from '../wanted.ts';
import type { Served } from '../served.ts';
import { answerWithWays } from './answer-with-ways.ts';
import { routesHere } from './routes-here.ts';

/**
 * Refuses a request whose provider is paused, and offers the models of the others: those that accept
 * it, or the one that changes least of it. The text says when to try again as well.
 */
export async function answerPaused(
  call: Place & Served,
  services: MakingServices,
  { until, open, ...wanted }: Wanted & { readonly until: number; readonly open: readonly Route[] },
): Promise<void> {
  const { route: paused, request, origin, claim } = wanted;
  const when = time(Math.ceil(until / 1000), TimestampStyles.RelativeTime);
  const { answers } = messagesFor(call.language);
  const why = answers.paused(paused.providerTraits.name, when);
  const here = new Set((await routesHere(call, services)).map(({ id }) => id));
  const allowed = open.filter(({ id }) => here.has(id));
  const isAccepted = allowed.some((route) => validateRequest(route, request).length === 0);
  const nearest = isAccepted ? undefined : nearestRoute(request, allowed);
  if (nearest === undefined) {
    return askForModel(call, services, { request, allowed, why, origin, claim });
  }
  const issues = validateRequest(nearest, request);
  const others = { among: allowed, before: why };
  await answerWithWays(call, services, { ...wanted, ...others, route: nearest, issues });
}
