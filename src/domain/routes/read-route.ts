import { editDistance } from '../edit-distance.ts';
import { choiceOf } from './route-choice.ts';
import type { Route } from './route.ts';

/** Longer texts are no misspelt names; comparing them would take long. */
const COMPARED_MAX_CHARS = 80;

/** A text that is no route's id or name. */
export interface UnknownRoute {
  readonly kind: 'unknown';
  readonly typed: string;
  /** The route that was probably meant; `undefined` without any route. */
  readonly nearest: Route | undefined;
}

/**
 * The route whose id or name a member typed, in any case, or whose choice was made; or the nearest, if
 * it is none of these.
 */
export function readRoute(
  text: string,
  routes: readonly Route[],
): UnknownRoute | { readonly kind: 'route'; readonly route: Route } {
  const typed = folded(text);
  const route = routes.find(({ id, name }) =>
    [id, name, choiceOf(id)].some((known) => folded(known) === typed),
  );
  if (route !== undefined) return { kind: 'route', route };
  return { kind: 'unknown', typed: text, nearest: nearestRoute(text, routes) };
}

/** The route whose id, model or name is the closest to a text; `undefined` without any route. */
export function nearestRoute(text: string, routes: readonly Route[]): Route | undefined {
  const typed = folded(text).slice(0, COMPARED_MAX_CHARS);
  const [nearest] = routes
    .map((route) => ({ route, distance: distanceTo(typed, route) }))
    .toSorted((one, other) => one.distance - other.distance);
  return nearest?.route;
}

/** The routes of which every typed word is part of the id, a name or the provider's name. */
export function routesMatching(text: string, routes: readonly Route[]): Route[] {
  const words = folded(text).split(' ');
  return routes.filter((route) => {
    const { id, name, chineseTitle = '', providerTraits } = route;
    const known = folded([id, name, chineseTitle, providerTraits.name].join(' '));
    return words.every((word) => known.includes(word));
  });
}

/** In parts of what was typed, so that a longer name is not further away for being longer. */
function distanceTo(typed: string, { id, model, name }: Route): number {
  const distances = [id, model, name].map(folded).map((whole) => {
    const known = whole.slice(0, COMPARED_MAX_CHARS);
    const longest = Math.max(known.length, typed.length, 1);
    return editDistance(typed, known) / longest;
  });
  return Math.min(...distances);
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}
