import type { RouteUse } from '../../app/route-use.ts';
import { nearestRoute, routesMatching } from '../../domain/routes/read-route.ts';
import { choiceOf } from '../../domain/routes/route-choice.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { CommandServices, TypingCall } from '../command.ts';
import { messagesFor } from '../messages/messages-for.ts';
import { MAX_SUGGESTIONS } from '../options/suggest-time-zones.ts';
import type { Choice } from '../replies.ts';
import { allowedRoutes, defaultRoute } from '../../domain/allowed-routes.ts';
import { AUTO } from '../../domain/auto/auto.ts';
import type { AutoFactServices } from './auto-facts.ts';
import { autoSuggestionText } from './auto-now.ts';
import { sampleClip } from './sample-clip.ts';
import type { SampleServices } from './sample-clip.ts';
import { suggestionText } from './suggestion-text.ts';

type SuggestServices = SampleServices & Pick<CommandServices, 'routesOn' | 'guilds' | 'routeUse'>;

/**
 * Suggests models for what is typed as `model`: those that are allowed in this server, its default
 * and those used most first. From memory only; until the server's settings are there, all that are
 * on.
 */
export function suggestModels(call: TypingCall, services: SuggestServices): Choice[] {
  const { guildId, focused } = call;
  if (focused !== 'model') return [];
  const { routesOn, guilds, routeUse } = services;
  const settings = guilds.peek(guildId);
  // For the next letter; the answer to this one does not wait for the store.
  if (settings === undefined) void guilds.get(guildId).catch(() => undefined);
  const allowed = allowedRoutes(routesOn, settings);
  const first = defaultRoute(routesOn, settings);
  return suggestRoutes(call, inOrder(allowed, first, routeUse.of(guildId)), services);
}

/** Suggests the server's default first, then `auto`, with what it would choose now, then the others. */
export function suggestModelsWithAuto(
  call: TypingCall,
  services: SuggestServices & AutoFactServices,
): Choice[] {
  const { guildId, focused, language } = call;
  if (focused !== 'model') return [];
  const { routesOn, guilds } = services;
  const settings = guilds.peek(guildId);
  const allowed = allowedRoutes(routesOn, settings);
  const choices = suggestModels(call, services);
  if (allowed.length === 0) return choices;
  const name = autoSuggestionText(allowed, services, messagesFor(language));
  return withAuto(call, name, choices, defaultRoute(routesOn, settings));
}

/** These suggestions with `auto`, where what is typed may mean it: after `first` if that is found. */
export function withAuto(
  { focused, options }: TypingCall,
  name: string,
  choices: readonly Choice[],
  first?: Route,
): Choice[] {
  const typed = String(options.get(focused) ?? '')
    .trim()
    .toLowerCase();
  if (!AUTO.startsWith(typed)) return [...choices];
  const isFirst = first !== undefined && routesMatching(typed, [first]).length > 0;
  const at = isFirst ? 1 : 0;
  const auto = { name, value: AUTO };
  return [...choices.slice(0, at), auto, ...choices.slice(at)].slice(0, MAX_SUGGESTIONS);
}

/** Suggests those of these routes that the typed text may mean, in their order. */
export function suggestRoutes(
  { focused, options, language }: TypingCall,
  routes: readonly Route[],
  services: SampleServices,
): Choice[] {
  const messages = messagesFor(language);
  return found(String(options.get(focused) ?? ''), routes)
    .slice(0, MAX_SUGGESTIONS)
    .map((route) => ({
      name: suggestionText(route, sampleClip(route, services), messages),
      value: choiceOf(route.id),
    }));
}

/** The routes that a text may mean; the nearest, if it is part of none. */
function found(text: string, routes: readonly Route[]): readonly Route[] {
  const matching = routesMatching(text, routes);
  if (matching.length > 0) return matching;
  const nearest = nearestRoute(text, routes);
  return nearest === undefined ? [] : [nearest];
}

function inOrder(
  routes: readonly Route[],
  first: Route | undefined,
  uses: ReturnType<RouteUse['of']>,
): Route[] {
  const rank = (route: Route): number =>
    route.id === first?.id ? Infinity : (uses.get(route.id) ?? 0);
  return routes.toSorted((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    if (a === b) return 0;
    return a > b ? -1 : 1;
  });
}
