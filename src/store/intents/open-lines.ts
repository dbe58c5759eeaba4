import { readIntentLine } from './intent-line.ts';
import type { IntentLine } from './intent-line.ts';

/** The line of an intent that was not closed, as it was written and as it is read. */
export interface OpenLine {
  readonly text: string;
  readonly line: Extract<IntentLine, { kind: 'intent' }>;
}

/** The intents in lines that were not closed, each once, in order; and how many lines cannot be read. */
export function openLines(texts: readonly string[]): {
  readonly lines: readonly OpenLine[];
  readonly damaged: number;
} {
  const open = new Map<string, OpenLine>();
  const closed = new Set<string>();
  let damaged = 0;
  for (const text of texts) {
    const line = readIntentLine(text);
    if (line === undefined) damaged += 1;
    else if (line.kind === 'closed') closed.add(line.interaction);
    else open.set(line.interaction, { text, line });
  }
  const lines = [...open.values()].filter(({ line }) => !closed.has(line.interaction));
  return { lines, damaged };
}
