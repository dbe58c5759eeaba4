import { chooseAuto } from '../../domain/auto/choose-auto.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { Messages } from '../messages/en.ts';
import { shorten } from '../render/escape-user-text.ts';
import { autoFacts } from './auto-facts.ts';
import type { AutoFactServices } from './auto-facts.ts';
import { sampleClip, sampleRequest } from './sample-clip.ts';
import { SUGGESTION_MAX, clipTexts } from './suggestion-text.ts';

/** The route that `auto` would choose now for a short clip; `undefined` if none can be. */
export function autoRouteNow(
  routes: readonly Route[],
  services: AutoFactServices,
): Route | undefined {
  const candidates = routes.map((route) => ({ route, request: sampleRequest(route) }));
  const chosen = chooseAuto(candidates, autoFacts(services));
  return chosen.kind === 'chosen' ? chosen.way.route : undefined;
}

/** The suggestion `auto`, with what it would choose now: `auto · the cheapest … · now SP · $1.75 for 5 s`. */
export function autoSuggestionText(
  routes: readonly Route[],
  services: AutoFactServices,
  messages: Messages,
): string {
  const { modelChoice: words } = messages;
  const route = autoRouteNow(routes, services);
  const now =
    route === undefined ? [] : [words.auto.now(route.name), ...factsOf(route, services, messages)];
  return shorten([words.auto.title, ...now].join(' · '), SUGGESTION_MAX);
}

/** The line of `auto` above the list of models. */
export function autoLineText(
  routes: readonly Route[],
  services: AutoFactServices,
  messages: Messages,
): string {
  const { modelChoice: words, units } = messages;
  const route = autoRouteNow(routes, services);
  if (route === undefined) return words.auto.line;
  const now = [`**${route.name}**`, ...factsOf(route, services, messages)].join(' · ');
  return units.sentences([words.auto.line, words.auto.lineNow(now)]);
}

function factsOf(route: Route, services: AutoFactServices, messages: Messages): string[] {
  return clipTexts(route, sampleClip(route, services), messages);
}
