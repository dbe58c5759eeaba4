import { listOrZh } from './list-zh-cn.ts';
import type { unitsEn } from './units-en.ts';

/** How amounts, lists and sentences are put together in simplified Chinese. */
export const unitsZhCn: typeof unitsEn = {
  seconds: (range) => `${range} 秒`,
  perTask: '按次计费',
  perSecond: '按秒计费',
  perMillionTokens: '按 token 计费',
  perMillion: '每百万 token',
  and: (items) => items.join('、'),
  or: listOrZh,
  andMore: (listed, count) => `${listed}，另有 ${count} 个`,
  list: (items) => items.join('、'),
  series: (items) => items.join('；'),
  named: (name, text) => `${name}：${text}`,
  bracketed: (text, note) => `${text}（${note}）`,
  sentences: (sentences) => sentences.join(''),
};
