import { en } from './en.ts';
import type { Words } from './en.ts';
import { zhCn } from './zh-cn.ts';

export function wordsFor(locale: string | undefined): Words {
  return locale === 'zh-CN' ? zhCn : en;
}
