import { ApplicationCommandOptionType } from './discord-js.ts';
import type { Route } from '../domain/routes/route.ts';
import { localized } from './localized.ts';
import { choiceName } from './render/route-summary.ts';

/** The `model` option, with one choice per enabled route. */
export function modelOption(routesOn: readonly Route[]) {
  return {
    name: 'model',
    type: ApplicationCommandOptionType.String,
    choices: routesOn.map((route) => {
      const { text, localizations } = localized((messages) => choiceName(route, messages));
      return { name: text, name_localizations: localizations, value: route.id };
    }),
  } as const;
}
