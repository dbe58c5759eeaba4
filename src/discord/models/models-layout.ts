import { routesThat } from '../../domain/routes/route-filter.ts';
import type { RouteFilter } from '../../domain/routes/route-filter.ts';
import { choiceOf } from '../../domain/routes/route-choice.ts';
import type { Route } from '../../domain/routes/route.ts';
import { ComponentType } from '../discord-js.ts';
import type { Frame, Layout, Part, Row } from '../layout/layout.ts';
import { titleText } from '../layout/title-text.ts';
import type { Messages } from '../messages/en.ts';
import { actionButton } from '../render/buttons.ts';
import { shorten } from '../render/escape-user-text.ts';
import { modelText } from '../render/models-text.ts';
import { abilitiesOf } from '../render/route-summary.ts';
import type { AutoFactServices } from './auto-facts.ts';
import { autoLineText } from './auto-now.ts';
import { firstWith } from './first-with.ts';
import { sampleClip } from './sample-clip.ts';
import type { SampleServices } from './sample-clip.ts';
import { clipTexts } from './suggestion-text.ts';

/** The first part of the custom ids. */
export const MODEL_ACTIONS = { choose: 'model', list: 'models' } as const;

/** Discord's limits of a select. */
const MAX_CHOICES = 25;
const LABEL_MAX = 100;

/** What is needed to show models. */
export interface ShownModels {
  readonly routesOn: readonly Route[];
  /** Those that are allowed here, among which `auto` chooses. */
  readonly allowed: readonly Route[];
  readonly services: SampleServices & AutoFactServices;
  readonly messages: Messages;
}

/**
 * What `auto` does, then the models that are on, by provider, each with its price, its usual time and
 * what it takes; below them a menu that shows one of them. The filter leaves some
 * out.
 */
export function modelListLayout(shown: ShownModels, filter: RouteFilter = {}): Layout {
  const { routesOn, allowed, services, messages } = shown;
  const { models, modelChoice } = messages;
  if (routesOn.length === 0) return layoutOf([text(models.none)], messages);
  const found = routesThat(filter, routesOn);
  if (found.length === 0) {
    return layoutOf([text(models.noneFound), { kind: 'row', row: modelMenu(shown) }], messages);
  }
  const providers = new Map<string, Route[]>();
  for (const route of found) {
    const { name } = route.providerTraits;
    providers.set(name, [...(providers.get(name) ?? []), route]);
  }
  const frames = [...providers].map(([name, routes]): Frame => ({
    kind: 'frame',
    parts: [
      { kind: 'lines', title: titleText(name), lines: routes.map((route) => lineOf(route, shown)) },
    ],
  }));
  const hint = found.length > MAX_CHOICES ? [text(`-# ${models.hint}`)] : [];
  const auto = text(autoLineText(allowed, services, messages));
  const menu = modelMenu({ ...shown, routesOn: found });
  const blocks = [auto, ...frames, ...hint, { kind: 'row', row: menu } as const];
  return { blocks, more: modelChoice.more };
}

/** What `auto` does, and the ways to the models. */
export function autoLayout(shown: ShownModels): Layout {
  const { allowed, services, messages } = shown;
  const frame: Frame = {
    kind: 'frame',
    parts: [text(autoLineText(allowed, services, messages)), text(messages.modelChoice.auto.next)],
  };
  return layoutOf([frame, ...waysToModels(shown)], messages);
}

/** One model with all its documented limits, and the ways to the others. */
export function modelLayout(route: Route, shown: ShownModels): Layout {
  const { services, messages } = shown;
  const frame: Frame = { kind: 'frame', parts: [text(modelText(route, services, messages))] };
  return layoutOf([frame, ...waysToModels(shown, route)], messages);
}

/** The menu of models, and the button back to all of them. */
function waysToModels(shown: ShownModels, chosen?: Route): Layout['blocks'] {
  const back = actionButton([MODEL_ACTIONS.list, 'list'], shown.messages.models.all);
  return [
    { kind: 'row', row: modelMenu(shown, chosen) },
    { kind: 'row', row: [back] },
  ];
}

function layoutOf(blocks: Layout['blocks'], { modelChoice }: Messages): Layout {
  return { blocks, more: modelChoice.more };
}

function text(content: string): Part {
  return { kind: 'text', text: content };
}

/** Its name and what most choose by; below that, in small print, what it makes and takes. */
function lineOf(route: Route, { services, messages }: ShownModels): string {
  const facts = clipTexts(route, sampleClip(route, services), messages);
  return `${[`**${route.name}**`, ...facts].join(' · ')}\n-# ${abilitiesOf(route, messages)}`;
}

/** The first models and the one that is shown, which is chosen already. */
function modelMenu({ routesOn, services, messages }: ShownModels, chosen?: Route): Row {
  const options = firstWith(chosen, routesOn, MAX_CHOICES).map((route) => {
    const { id, name } = route;
    const facts = clipTexts(route, sampleClip(route, services), messages);
    return {
      label: shorten(name, LABEL_MAX),
      description: shorten(facts.join(' · '), LABEL_MAX),
      value: choiceOf(id),
      ...(id === chosen?.id ? { default: true } : {}),
    };
  });
  return [
    {
      type: ComponentType.StringSelect,
      custom_id: `${MODEL_ACTIONS.choose}:list`,
      placeholder: messages.models.details,
      options,
    },
  ];
}
