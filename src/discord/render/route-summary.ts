import { findRoute } from '../../domain/routes/catalogue.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import type { Route, RouteId } from '../../domain/routes/route.ts';
import type { Messages } from '../messages/en.ts';
import { escapeUserText, shorten } from './escape-user-text.ts';

/** Discord's limit for the name of a choice. */
const CHOICE_NAME_MAX = 100;
/** How much is shown of the id of a route that was removed. */
const REMOVED_ID_MAX = 80;

/** The name of the route with this id; the id itself where this version has no such route. */
export function routeNameIn(catalogue: Catalogue, id: RouteId): string {
  return findRoute(catalogue, id)?.name ?? escapeUserText(id, REMOVED_ID_MAX);
}

/** The name of a choice of `/video model:`: what the route can do and how it is billed. */
export function choiceName(route: Route, messages: Messages): string {
  const { min, max } = route.duration;
  const parts = [
    resolutionsOf(route).join('/'),
    messages.units.seconds(`${min}–${max}`),
    inputsOf(route, messages),
    billingOf(route, messages),
  ];
  return shorten(`${route.name}: ${parts.join(', ')}`, CHOICE_NAME_MAX);
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

function inputsOf(route: Route, { route: words }: Messages): string {
  const takesFrames = route.frames === 'any' || route.frames === 'first' || route.frames === 'pair';
  const references = referencesOf(route, { route: words });
  const inputs = [...(takesFrames ? [words.frames] : []), ...references];
  return inputs.length === 0 ? words.textOnly : inputs.join('+');
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
