import { catalogueTexts, operatorTexts } from './catalogue-texts.ts';

/** The list of every text that was read and found good, in the repository. */
export const REVIEWED_LIST = 'test/texts/reviewed.tsv';

/**
 * The list as the catalogues are now: a line per text with its key, English and Chinese; what the
 * operator reads in a terminal has no Chinese.
 */
export function renderReviewedList(): string {
  const english = new Map(
    [...catalogueTexts('en'), ...operatorTexts()].map(({ key, text }) => [key, text]),
  );
  const chinese = new Map(catalogueTexts('zh-CN').map(({ key, text }) => [key, text]));
  const keys = [...new Set([...english.keys(), ...chinese.keys()])].toSorted();
  return keys
    .map((key) => `${[key, english.get(key), chinese.get(key)].map(cell).join('\t')}\n`)
    .join('');
}

function cell(text: string | undefined): string {
  return (text ?? '').replaceAll('\t', ' ').replaceAll('\n', String.raw`\n`);
}
