import { AUTO } from '../../domain/auto/auto.ts';
import type { Preferences } from '../../domain/preferences/preferences.ts';
import type { Catalogue } from '../../domain/routes/catalogue.ts';
import type { Route } from '../../domain/routes/route.ts';
import type { Messages } from '../messages/en.ts';
import { routeNameIn } from '../render/route-summary.ts';

interface PreferencesContext {
  readonly routesOn: readonly Route[];
  readonly catalogue: Catalogue;
  readonly messages: Messages;
}

/** All preferences of a member below a heading. */
export function preferencesText(
  preferences: Preferences,
  heading: 'saved' | 'cleared' | 'title',
  context: PreferencesContext,
): string {
  const { messages } = context;
  const { preferences: words, units } = messages;
  const { model, durationSeconds, resolution, ratio, reuse } = preferences;
  const line = (name: string, value: string): string => `- ${units.named(`\`${name}\``, value)}`;
  const lines = [
    ...(model === undefined ? [] : [line('model', modelText(model, context))]),
    ...(durationSeconds === undefined
      ? []
      : [line('duration', units.seconds(String(durationSeconds)))]),
    ...(resolution === undefined ? [] : [line('resolution', resolution)]),
    ...(ratio === undefined ? [] : [line('ratio', ratio)]),
    ...(reuse === undefined ? [] : [line('reuse', words.command.reuseChoices[reuse])]),
  ];
  if (lines.length === 0) return units.sentences([words[heading], words.none]);
  return [words[heading], ...lines, `-# ${words.hint}`].join('\n');
}

function modelText(model: string, { routesOn, catalogue, messages }: PreferencesContext): string {
  if (model === AUTO) return `\`${AUTO}\``;
  const name = routeNameIn(catalogue, model);
  const isOn = routesOn.some(({ id }) => id === model);
  return isOn ? name : messages.preferences.modelOff(name);
}
