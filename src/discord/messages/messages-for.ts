import type { Language } from '../../domain/language.ts';
import { en } from './en.ts';
import type { Messages } from './en.ts';
import { zhCn } from './zh-cn.ts';

const BY_LANGUAGE: Readonly<Record<Language, Messages>> = { en, 'zh-CN': zhCn };

export function messagesFor(language: Language): Messages {
  return BY_LANGUAGE[language];
}
