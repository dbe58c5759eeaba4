import { en } from './en.ts';
import type { Texts } from './en.ts';
import { zhCn } from './zh-cn.ts';

/** Returns the page's texts for a locale; English by default. */
export function textsFor(locale: string | undefined): Texts {
  return locale === 'zh-CN' ? zhCn : en;
}
