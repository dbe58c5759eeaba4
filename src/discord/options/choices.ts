import type { APIApplicationCommandOptionChoice } from 'discord.js';
import { localized } from '../localized.ts';
import type { Messages } from '../messages/en.ts';

/** One choice per value, with its name in every language. */
export function choicesOf<Value extends string>(
  values: readonly Value[],
  nameOf: (messages: Messages, value: Value) => string,
): APIApplicationCommandOptionChoice<string>[] {
  return values.map((value) => {
    const { text, localizations } = localized((messages) => nameOf(messages, value));
    return { name: text, name_localizations: localizations, value };
  });
}
