import type { LocalizationMap } from 'discord.js';
import type { Messages } from './messages/en.ts';
import { messagesFor } from './messages/messages-for.ts';

/** A text in every language, in the form Discord expects for descriptions and choices. */
export function localized(pick: (messages: Messages) => string): {
  readonly text: string;
  readonly localizations: LocalizationMap;
} {
  const text = pick(messagesFor('en'));
  return { text, localizations: { 'en-US': text, 'zh-CN': pick(messagesFor('zh-CN')) } };
}

/** The two description fields of a command or option. */
export function described(pick: (messages: Messages) => string): {
  readonly description: string;
  readonly description_localizations: LocalizationMap;
} {
  const { text, localizations } = localized(pick);
  return { description: text, description_localizations: localizations };
}
