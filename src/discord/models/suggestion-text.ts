import type { TypicalDuration } from '../../domain/durations/typical-duration.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { Messages } from '../messages/en.ts';
import { shorten } from '../render/escape-user-text.ts';
import { priceText } from '../render/price-text.ts';
import { takesFrames } from '../../domain/routes/route-filter.ts';
import { billingOf, lengthsOf, resolutionsOf } from '../render/route-summary.ts';
import { briefDurationText } from '../render/typical-duration-text.ts';
import type { SampleClip } from './sample-clip.ts';

/** Discord's limit for what a suggestion shows. */
export const SUGGESTION_MAX = 100;

/**
 * `SP · $1.75 for 5 s · usually 1½–3 min · 480p–1080p, frames+pictures+videos, 4–15 s`: what most
 * decide by comes first, because the rest may be cut.
 */
export function suggestionText(route: Route, clip: SampleClip, messages: Messages): string {
  const abilities = [
    endsOf(resolutionsOf(route)).join('–'),
    inputsText(route, messages),
    messages.units.seconds(lengthsOf(route)),
  ];
  const parts = [route.name, ...clipTexts(route, clip, messages), messages.units.list(abilities)];
  return shorten(parts.join(' · '), SUGGESTION_MAX);
}

/** What the clip costs, or how the route is billed; and how long it takes, if that is known. */
export function clipTexts(
  route: Route,
  { quote, seconds, typicalDuration }: SampleClip,
  messages: Messages,
): string[] {
  const { modelChoice: words } = messages;
  return [
    quote.kind === 'unknown'
      ? billingOf(route, messages)
      : words.priceFor(priceText(quote, messages), seconds),
    ...usuallyText(typicalDuration, messages),
  ];
}

function usuallyText(typical: TypicalDuration | undefined, messages: Messages): string[] {
  if (typical === undefined) return [];
  return [messages.modelChoice.usually(briefDurationText(typical, messages))];
}

function inputsText(route: Route, { modelChoice: words, route: { textOnly } }: Messages): string {
  const { image, video, audio } = route.media;
  const inputs = [
    ...(takesFrames(route) ? [words.frames] : []),
    ...(typeof image === 'string' ? [] : [words.images]),
    ...(typeof video === 'string' ? [] : [words.videos]),
    ...(typeof audio === 'string' ? [] : [words.audio]),
  ];
  return inputs.length === 0 ? textOnly : inputs.join('+');
}

/** The first and the last; once if they are the same. */
function endsOf(items: readonly string[]): string[] {
  return [...new Set([items[0] ?? '', items.at(-1) ?? ''])];
}
