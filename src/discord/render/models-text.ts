import { billingName } from '../../domain/ledger/billing-name.ts';
import { wholeNumber } from '../../domain/ledger/decimal.ts';
import { formatMoney } from '../../domain/ledger/money.ts';
import type { PriceList } from '../../domain/ledger/price-list.ts';
import { costOf } from '../../domain/ledger/price.ts';
import type { Price } from '../../domain/ledger/price.ts';
import { RESOLUTIONS } from '../../domain/routes/options.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { Messages } from '../messages/en.ts';
import { sampleClip } from '../models/sample-clip.ts';
import type { SampleServices } from '../models/sample-clip.ts';
import { clipTexts } from '../models/suggestion-text.ts';
import { titleText } from '../layout/title-text.ts';
import { escapeUserText } from './escape-user-text.ts';
import { billingOf, lengthsOf, namesText, referencesOf, resolutionsOf } from './route-summary.ts';
import { DAY_MS, HOUR_MS } from '../../domain/time-units.ts';

/** Characters that the names of the enabled models may use. */
const NAMES_MAX = 1500;

/** Characters of what a model makes besides. */
const NOT_OFFERED_MAX = 300;

/** Says that a model is no longer enabled, and lists those that are. */
export function modelOffText(routesOn: readonly Route[], messages: Messages): string {
  if (routesOn.length === 0) return messages.models.none;
  return messages.answers.unknownModel(namesText(routesOn, NAMES_MAX, messages));
}

/** One model, with all its documented limits. */
export function modelText(route: Route, services: SampleServices, messages: Messages): string {
  const { models, units } = messages;
  const clip = sampleClip(route, services);
  const ofClip = clipTexts(route, clip, messages).slice(clip.quote.kind === 'unknown' ? 1 : 0);
  const references = referencesOf(route, messages);
  const { duration, ratios } = route;
  const lines = [
    models.length(lengthsOf(route), duration.default),
    sizeText(route, messages),
    ratiosText(ratios, messages),
    framesText(route, messages),
    references.length === 0 ? models.noReferences : models.references(units.list(references)),
    ...exclusionText(route, messages),
    models.price(pricesText(route, services.priceList, messages)),
    ...(ofClip.length === 0 ? [] : [ofClip.join(' · ')]),
    route.isRetentionAbout
      ? models.resultKeptAbout(route.providerTraits.resultRetentionMs / DAY_MS)
      : models.resultKept(route.providerTraits.resultRetentionMs / HOUR_MS),
    ...documentedText(route, messages),
  ];
  const listed = lines.map((line) => `- ${line}`);
  return [titleText(route.name), ...listed, `-# \`${route.id}\``].join('\n');
}

/** What only some documents say. */
function documentedText(
  { editsVideos, promptAdvice, chineseTitle, notOffered = [] }: Route,
  { models, units, locale }: Messages,
): string[] {
  return [
    ...(notOffered.length === 0
      ? []
      : [models.notOffered(escapeUserText(units.list(notOffered), NOT_OFFERED_MAX))]),
    ...(editsVideos === true ? [models.editsVideos] : []),
    ...(promptAdvice === undefined
      ? []
      : [
          models.promptAdvice(
            promptAdvice.chineseChars.toLocaleString(locale),
            promptAdvice.englishWords.toLocaleString(locale),
          ),
        ]),
    ...(chineseTitle === undefined ? [] : [models.chineseTitle(chineseTitle)]),
  ];
}

function sizeText(route: Route, { models, units }: Messages): string {
  const { output } = route;
  if (output.kind === 'fixed') return models.fixedSize(output.resolution);
  const { withReferences: fewer } = output;
  return (
    models.size(units.list(resolutionsOf(route)), output.default) +
    (fewer === undefined ? '' : models.withReferencesOnly(units.list(fewer)))
  );
}

function ratiosText(ratios: Route['ratios'], { models, units }: Messages): string {
  const { accepted, default: standard, withFrames, ofText } = ratios;
  return [
    models.ratios(units.list(accepted)),
    ...(standard === undefined ? [] : [models.standardRatio(standard)]),
    ...(withFrames === undefined ? [] : [models.withFramesOnly(units.list(withFrames))]),
    ...(ofText === undefined ? [] : [models.ofTextOnly(units.list(ofText))]),
  ].join('');
}

function framesText(route: Route, { models }: Messages): string {
  switch (route.frames) {
    case 'any':
      return models.framesAny;
    case 'first':
      return models.framesFirst;
    case 'first-only':
      return models.framesFirstOnly;
    case 'pair':
      return models.framesPair;
    case 'not-taken':
    case 'asset-library-only':
      return models.framesNone;
  }
}

function exclusionText(route: Route, { models }: Messages): string[] {
  if (route.framesExcludeReferences) return [models.framesOrAnyReferences];
  const takesBoth = typeof route.media.image !== 'string';
  return takesBoth ? [models.framesOrReferences] : [];
}

/**
 * The price per unit by resolution, in the list's currency. Missing prices are shown as unknown.
 */
function pricesText(route: Route, list: PriceList | undefined, messages: Messages): string {
  const byName = new Map<string, string[]>();
  for (const resolution of RESOLUTIONS.filter((known) => resolutionsOf(route).includes(known))) {
    const name = billingName(route, resolution);
    byName.set(name, [...(byName.get(name) ?? []), resolution]);
  }
  const prices = [...byName].map(([name, resolutions]) => ({
    resolutions: resolutions.join('/'),
    price: list?.prices.get(name),
  }));
  if (list === undefined || prices.every(({ price }) => price === undefined)) {
    return messages.models.priceUnknown(billingOf(route, messages));
  }
  return messages.units.series(
    prices.map(
      ({ resolutions, price }) => `${resolutions} ${unitPrice(price, list.currency, messages)}`,
    ),
  );
}

function unitPrice(price: Price | undefined, currency: string, messages: Messages): string {
  const { money, units, locale } = messages;
  if (price === undefined) return money.unknown;
  const unit = { task: units.perTask, second: units.perSecond, million_tokens: units.perMillion };
  const tokens = price.per === 'million_tokens' ? 1_000_000 : 1;
  return `${formatMoney(costOf(price, wholeNumber(tokens)), currency, locale)} ${unit[price.per]}`;
}
