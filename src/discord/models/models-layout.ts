import type { Route } from '../../domain/routes/route.ts';
import { ComponentType } from '../discord-js.ts';
import type { Frame, Layout, Part, Row } from '../layout/layout.ts';
import { titleText } from '../layout/title-text.ts';
import type { Messages } from '../messages/en.ts';
import { actionButton } from '../render/buttons.ts';
import { shorten } from '../render/escape-user-text.ts';
import { modelText } from '../render/models-text.ts';
import { abilitiesOf } from '../render/route-summary.ts';
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
  readonly services: SampleServices;
  readonly messages: Messages;
}

/**
 * The models that are on, by provider, each with its price, its usual time and what it takes; below
 * them a menu that shows one of them.
 */
export function modelListLayout(shown: ShownModels): Layout {
  const { routesOn, messages } = shown;
  const { models, modelChoice } = messages;
  if (routesOn.length === 0) return layoutOf([text(models.none)], messages);
  const providers = new Map<string, Route[]>();
  for (const route of routesOn) {
    const { name } = route.providerTraits;
    providers.set(name, [...(providers.get(name) ?? []), route]);
  }
  const frames = [...providers].map(([name, routes]): Frame => ({
    kind: 'frame',
    parts: [
      { kind: 'lines', title: titleText(name), lines: routes.map((route) => lineOf(route, shown)) },
    ],
  }));
  const hint = routesOn.length > MAX_CHOICES ? [text(`-# ${models.hint}`)] : [];
  const blocks = [...frames, ...hint, { kind: 'row', row: modelMenu(shown) } as const];
  return { blocks, more: modelChoice.more };
}

/** One model with all its documented limits, and the ways to the others. */
export function modelLayout(route: Route, shown: ShownModels): Layout {
  const { services, messages } = shown;
  const back = actionButton([MODEL_ACTIONS.list, 'list'], messages.models.all);
  const frame: Frame = { kind: 'frame', parts: [text(modelText(route, services, messages))] };
  return layoutOf(
    [frame, { kind: 'row', row: modelMenu(shown, route) }, { kind: 'row', row: [back] }],
    messages,
  );
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

/** The first models, of which the one that is shown is chosen already. */
function modelMenu({ routesOn, services, messages }: ShownModels, chosen?: Route): Row {
  const options = routesOn.slice(0, MAX_CHOICES).map((route) => {
    const { id, name } = route;
    const facts = clipTexts(route, sampleClip(route, services), messages);
    return {
      label: shorten(name, LABEL_MAX),
      description: shorten(facts.join(' · '), LABEL_MAX),
      value: id,
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
