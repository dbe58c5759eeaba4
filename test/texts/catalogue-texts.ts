import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import type { Language } from '../../src/domain/language.ts';
import { textsFor } from '../../src/sandbox/page/i18n/texts-for.ts';
import { textVariants } from './text-variants.ts';

/** A text for people, with a key such as `bot.task.done`; its forms have `#2` and so on. */
export interface CatalogueText {
  readonly key: string;
  readonly text: string;
}

/** Every text of the bot and of the page in one language. */
export function catalogueTexts(language: Language): CatalogueText[] {
  return [
    ...textsUnder('bot', messagesFor(language)),
    ...textsUnder('page', textsFor(language)),
  ].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

function textsUnder(key: string, value: unknown): CatalogueText[] {
  if (typeof value === 'string' || typeof value === 'function') {
    return textVariants(key, value).map((text, at) => ({
      key: at === 0 ? key : `${key}#${at + 1}`,
      text,
    }));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) => textsUnder(`${key}.${name}`, field));
}
