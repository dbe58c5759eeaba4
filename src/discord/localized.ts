import type { LocalizationMap } from 'discord.js';
import type { Messages } from './messages/en.ts';
import { messagesFor } from './messages/messages-for.ts';

/** A text of the catalogue in every language, as Discord takes descriptions and choices. */
export function localized(pick: (messages: Messages) => string): {
  readonly text: string;
  readonly localizations: LocalizationMap;
} {
  const text = pick(messagesFor('en'));
  return { text, localizations: { 'en-US': text, 'zh-CN': pick(messagesFor('zh-CN')) } };
}

/** The two fields of a description. */
export function described(pick: (messages: Messages) => string): {
  readonly description: string;
  readonly description_localizations: LocalizationMap;
} {
  const { text, localizations } = localized(pick);
  return { description: text, description_localizations: localizations };
}
