/** Discord's limit for a message's content, in UTF-16 units. */
export const MESSAGE_MAX = 2000;

export interface FittedLines {
  readonly text: string;
  /** How many lines were left out. */
  readonly left: number;
}

/**
 * Fits as many lines into one message as there is room for between `head` and `tail`, and counts
 * the rest.
 */
export function fitLines(
  lines: readonly string[],
  { head, tail, more }: { head: string; tail?: string; more: (left: number) => string },
): FittedLines {
  const textOf = (shown: number): string => {
    const left = lines.length - shown;
    const parts = [head, ...lines.slice(0, shown), ...(left > 0 ? [more(left)] : [])];
    return [...parts, ...(tail === undefined ? [] : [tail])].join('\n');
  };
  let shown = lines.length;
  while (shown > 0 && textOf(shown).length > MESSAGE_MAX) shown -= 1;
  return { text: textOf(shown), left: lines.length - shown };
}
