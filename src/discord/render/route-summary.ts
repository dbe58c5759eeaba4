import { findProvider, findRoute } from '../../domain/routes/catalogue.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import { takesFrames } from '../../domain/routes/route-filter.ts';
import type { Route, RouteId } from '../../domain/routes/route.ts';
import type { Messages } from '../messages/en.ts';
import { escapeUserText } from './escape-user-text.ts';

/** How much is shown of the id of a route that was removed. */
const REMOVED_ID_MAX = 80;

/** The name of the route with this id; the id itself where this version has no such route. */
export function routeNameIn(catalogue: Catalogue, id: RouteId): string {
  return findRoute(catalogue, id)?.name ?? escapeUserText(id, REMOVED_ID_MAX);
}

/** The name of a provider; its id where this version has no such provider. */
export function providerNameIn(catalogue: Catalogue, id: string): string {
  return findProvider(catalogue, id)?.name ?? id;
}

/** The names of routes, in at most so many characters; what does not fit is counted. */
export function namesText(routes: readonly Route[], max: number, messages: Messages): string {
  return listWithin(
    routes.map(({ name }) => name),
    max,
    messages,
  );
}

/** Names in at most so many characters; what does not fit is counted. */
export function listWithin(names: readonly string[], max: number, { units }: Messages): string {
  const whole = units.and(names);
  if (whole.length <= max) return whole;
  let kept = names.length - 1;
  const cut = (): string => units.andMore(units.list(names.slice(0, kept)), names.length - kept);
  while (kept > 1 && cut().length > max) kept -= 1;
  return cut();
}

/** What a route makes and accepts: `480p/720p · 4–15 s · frames and 9 pictures`. */
export function abilitiesOf(route: Route, messages: Messages): string {
  return [
    resolutionsOf(route).join('/'),
    messages.units.seconds(lengthsOf(route)),
    inputsOf(route, messages),
  ].join(' · ');
}

/** `4–15`, or `4/6/8` where there are gaps. */
export function lengthsOf({ duration: { min, max, only } }: Route): string {
  if (only !== undefined) return only.join('/');
  return min === max ? String(min) : `${min}–${max}`;
}

export function resolutionsOf({ output }: Route): readonly string[] {
  return output.kind === 'fixed' ? [output.resolution] : output.resolutions;
}

export function billingOf({ billing }: Route, { units }: Messages): string {
  switch (billing.unit) {
    case 'task':
      return units.perTask;
    case 'second':
      return units.perSecond;
    case 'million_tokens':
      return units.perMillionTokens;
  }
}

function inputsOf(route: Route, { route: words, units }: Messages): string {
  const references = referencesOf(route, { route: words });
  const inputs = [...(takesFrames(route) ? [words.frames] : []), ...references];
  return inputs.length === 0 ? words.textOnly : units.and(inputs);
}

/** The kinds of reference media that the route accepts, with their documented counts. */
export function referencesOf(route: Route, { route: words }: Pick<Messages, 'route'>): string[] {
  const { image, video, audio } = route.media;
  return [
    ...(typeof image === 'string' ? [] : [words.images(image.maxCount)]),
    ...(typeof video === 'string' ? [] : [words.videos(video.maxCount)]),
    ...(typeof audio === 'string' ? [] : [words.audio(audio.maxCount)]),
  ];
}
