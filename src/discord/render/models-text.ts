import type { Route } from '../../domain/routes/route.ts';
import type { Messages } from '../messages/en.ts';
import { shorten } from './harmless.ts';
import { CONTENT_MAX } from './refusal-text.ts';
import { billingOf, choiceName, referencesOf, resolutionsOf, routeTitle } from './route-summary.ts';

/** The models that are on, a line each. */
export function modelListText(routesOn: readonly Route[], messages: Messages): string {
  const { models } = messages;
  if (routesOn.length === 0) return models.none;
  const lines = routesOn.map((route) => `- ${choiceName(route, messages)}`);
  return shorten([`**${models.title}**`, ...lines, `-# ${models.hint}`].join('\n'), CONTENT_MAX);
}

/** One model with everything that its documents say of it. */
export function modelText(route: Route, messages: Messages): string {
  const { models } = messages;
  const references = referencesOf(route, messages);
  const { duration, ratios } = route;
  const lines = [
    models.length(`${duration.min}–${duration.max}`, duration.default),
    sizeText(route, messages),
    models.ratios(ratios.accepted.join(', ')) +
      (ratios.default === undefined ? '' : models.standardRatio(ratios.default)),
    framesText(route, messages),
    references.length === 0 ? models.noReferences : models.references(references.join(', ')),
    ...exclusionText(route, messages),
    models.price(models.priceUnknown(billingOf(route, messages))),
    models.resultKept(route.resultRetentionMs / 3_600_000),
  ];
  return [
    `**${routeTitle(route, messages)}**`,
    `\`${route.id}\``,
    ...lines.map((line) => `- ${line}`),
  ].join('\n');
}

function sizeText(route: Route, { models }: Messages): string {
  const { output } = route;
  if (output.kind === 'fixed') return models.fixedSize(output.resolution);
  return models.size(resolutionsOf(route).join(', '), output.default);
}

function framesText(route: Route, { models }: Messages): string {
  switch (route.frames) {
    case 'any':
      return models.framesAny;
    case 'first':
      return models.framesFirst;
    case 'pair':
      return models.framesPair;
    case 'not-taken':
    case 'asset-library-only':
    case 'own-model-variant':
      return models.framesNone;
  }
}

function exclusionText(route: Route, { models }: Messages): string[] {
  if (route.framesExcludeReferences) return [models.framesOrAnyReferences];
  const takesBoth = typeof route.media.image !== 'string';
  return takesBoth ? [models.framesOrReferences] : [];
}
