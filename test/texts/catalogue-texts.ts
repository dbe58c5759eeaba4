import { backupTexts } from '../../src/backup/texts.ts';
import { answerTexts } from '../../src/bot/operator-requests/texts.ts';
import { messagesFor } from '../../src/discord/messages/messages-for.ts';
import { postgresTexts } from '../../src/doctor/postgres-texts.ts';
import { doctorTexts } from '../../src/doctor/texts.ts';
import type { Language } from '../../src/domain/language.ts';
import { holdsTexts } from '../../src/holds/texts.ts';
import { textsFor } from '../../src/sandbox/page/i18n/texts-for.ts';
import { moveTexts } from '../../src/move/texts.ts';
import { moveFaults } from '../../src/store/moving/texts.ts';
import { setupTexts } from '../../src/setup/texts.ts';
import { copyTexts } from '../../src/store/backup/texts.ts';
import { findingText, textVariants } from './text-variants.ts';

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

/** Every text of the programs that the operator runs in a terminal; in English alone. */
export function operatorTexts(): CatalogueText[] {
  return [
    ...textsUnder('doctor', { ...doctorTexts, postgres: postgresTexts }),
    ...textsUnder('backup', { ...backupTexts, faults: copyTexts }),
    ...textsUnder('holds', { ...holdsTexts, answers: answerTexts }),
    ...textsUnder('move', { ...moveTexts, faults: moveFaults }),
    ...textsUnder('setup', setupTexts),
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
  const finding = findingText(value);
  if (finding !== undefined) return [{ key, text: finding }];
  return Object.entries(value).flatMap(([name, field]) => textsUnder(`${key}.${name}`, field));
}
