import { en } from './en.ts';
import type { Texts } from './en.ts';
import { zhCn } from './zh-cn.ts';

export function textsFor(locale: string | undefined): Texts {
  return locale === 'zh-CN' ? zhCn : en;
}
