import type { Command, CommandCall, CommandServices } from '../src/discord/command.ts';
import { messagesFor } from '../src/discord/messages/messages-for.ts';
import { choiceOption } from '../src/discord/options/option-value.ts';
import { preferencesDefinition } from '../src/discord/preferences/definition.ts';
import { preferencesText } from '../src/discord/preferences/preferences-text.ts';
import { readPreferences } from '../src/discord/preferences/read-preferences.ts';
import { unknownModelText } from '../src/discord/models/unknown-model-text.ts';
import { suggestModelsWithAuto } from '../src/discord/models/suggest-models.ts';
import {
  PREFERENCE_OPTIONS,
  hasPreferences,
  withoutPreference,
} from '../src/domain/preferences/preferences.ts';

/** `/preferences`: a member's own defaults for new videos. */
export const preferences: Command = {
  name: 'preferences',
  define: preferencesDefinition,
  suggest: suggestModelsWithAuto,
  async run(call, services) {
    await services.replies.privately(call, await answer(call, services));
  },
};

type PreferencesServices = Pick<CommandServices, 'preferences' | 'routesOn' | 'catalogue'>;

async function answer(call: CommandCall, services: PreferencesServices): Promise<string> {
  const messages = messagesFor(call.language);
  const context = { ...services, messages };
  const memberId = call.member.user.id;
  switch (call.subcommand) {
    case 'show':
      return preferencesText(await services.preferences.get(memberId), 'title', context);
    case 'set':
      return set(call, services);
    case 'clear': {
      const given = call.options.get('preference');
      const option = choiceOption(given, PREFERENCE_OPTIONS);
      if (given !== undefined && option === undefined) return messages.answers.notUnderstood;
      const after = await services.preferences.change(memberId, (before) =>
        withoutPreference(before, option),
      );
      return preferencesText(after, 'cleared', context);
    }
    case undefined:
    default:
      return messages.answers.notUnderstood;
  }
}

async function set(call: CommandCall, services: PreferencesServices): Promise<string> {
  const { preferences: store, routesOn } = services;
  const messages = messagesFor(call.language);
  const given = readPreferences(call, routesOn);
  if (given === 'not-understood') return messages.answers.notUnderstood;
  if ('kind' in given) return unknownModelText(given, messages);
  if (!hasPreferences(given)) return messages.preferences.nothingGiven;
  const after = await store.change(call.member.user.id, (before) => ({ ...before, ...given }));
  return preferencesText(after, 'saved', { ...services, messages });
}
