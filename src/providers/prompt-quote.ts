/**
 * Reduces a text to its letters and digits without accents, in one case. A provider may quote the
 * prompt with other blanks, line breaks, punctuation, case or Unicode forms; all of them fold alike.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase()
    .toUpperCase();
}

/**
 * Whether half of these words or more, in one run, stand in the prompt: then a message with them may
 * be a quote, even one that is cut off at either end.
 */
export function mayQuoteWords(words: string, prompt: string): boolean {
  const folded = foldText(words);
  const quoted = foldText(prompt);
  const runLength = Math.ceil(folded.length / 2);
  for (let start = 0; start + runLength <= folded.length; start += 1) {
    if (quoted.includes(folded.slice(start, start + runLength))) return true;
  }
  return false;
}

/** Whether a whole text stands in the prompt, so that it may be nothing but a quote. */
export function mayBeQuote(text: string, prompt: string): boolean {
  return foldText(prompt).includes(foldText(text));
}
