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
  const lines = [
    ...(model === undefined ? [] : [['model', modelText(model, context)]]),
    ...(durationSeconds === undefined
      ? []
      : [['duration', units.seconds(String(durationSeconds))]]),
    ...(resolution === undefined ? [] : [['resolution', resolution]]),
    ...(ratio === undefined ? [] : [['ratio', ratio]]),
    ...(reuse === undefined ? [] : [['reuse', words.command.reuseChoices[reuse]]]),
  ].map(([name, value]) => `- \`${name}\`: ${value}`);
  if (lines.length === 0) return `${words[heading]} ${words.none}`;
  return [words[heading], ...lines, `-# ${words.hint}`].join('\n');
}

function modelText(model: string, { routesOn, catalogue, messages }: PreferencesContext): string {
  const name = routeNameIn(catalogue, model);
  const isOn = routesOn.some(({ id }) => id === model);
  return isOn ? name : messages.preferences.modelOff(name);
}
