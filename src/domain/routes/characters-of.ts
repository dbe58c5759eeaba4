/** How many characters a text has: code points, as Discord counts what people type. */
export function charactersOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
