import { listEn } from './list-en.ts';

/** How amounts, lists and sentences are put together in English. */
export const unitsEn = {
  seconds: (range: string) => `${range} s`,
  perTask: 'per video',
  perSecond: 'per second',
  perMillionTokens: 'per token',
  perMillion: 'per million tokens',
  and: (items: readonly string[]) => listEn(items, 'and'),
  or: (items: readonly string[]) => listEn(items, 'or'),
  andMore: (listed: string, count: number) => `${listed} and ${count} more`,
  /** Without a last word. */
  list: (items: readonly string[]) => items.join(', '),
  /** Items that are lists themselves. */
  series: (items: readonly string[]) => items.join('; '),
  /** A name and what is said of it. */
  named: (name: string, text: string) => `${name}: ${text}`,
  /** A text, and in brackets what explains it. */
  bracketed: (text: string, note: string) => `${text} (${note})`,
  sentences: (sentences: readonly string[]) => sentences.join(' '),
};
