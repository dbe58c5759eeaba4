import type { ConfigFault } from './config-fault.ts';

/** One NAME=VALUE of a `.env` file. */
export interface EnvEntry {
  readonly name: string;
  readonly value: string;
  /** The line of the name, counted from 1. */
  readonly line: number;
}

/** A line that is not a setting, or whose quoted value does not end properly. */
export interface EnvFlaw extends Omit<ConfigFault, 'name'> {
  readonly line: number;
  /** The word that may be meant as a name. It may be a secret: compare it, never show it. */
  readonly word?: string;
}

/** The content of a `.env` file. */
export interface EnvText {
  readonly entries: readonly EnvEntry[];
  readonly flaws: readonly EnvFlaw[];
}

const SETTING = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=(.*)$/;
const BLANK_OR_COMMENT = /^\s*(?:#|$)/;
const FIRST_WORD = /^\s*(?:(?:export|set|setx|\$env)\b[\s:]*)?([\w.-]+)/i;

/**
 * Parses `.env` by the rules of Node's `parseEnv`. That function itself is not usable: Node versions
 * differ about lines without "=", blanks after "=" and unclosed quotation marks, and none of them
 * reports what it dropped.
 */
export function readEnvText(text: string): EnvText {
  const lines = text.split(/\r\n?|\n/);
  const entries: EnvEntry[] = [];
  const flaws: EnvFlaw[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (BLANK_OR_COMMENT.test(line)) continue;
    const [, name, rest = ''] = SETTING.exec(line) ?? [];
    if (name === undefined) {
      flaws.push(strayLine(line, index + 1));
      continue;
    }
    const { value, end, ...flaw } = readValue(rest.trimStart(), index, lines);
    entries.push({ name, value, line: index + 1 });
    if (flaw.problem !== undefined) flaws.push({ line: index + 1, ...flaw, problem: flaw.problem });
    index = end;
  }
  return { entries, flaws };
}

function strayLine(text: string, line: number): EnvFlaw {
  const [, word] = FIRST_WORD.exec(text) ?? [];
  return {
    line,
    problem: 'is neither NAME=value nor a comment',
    advice: 'Correct the line, or begin it with #',
    ...(word !== undefined && { word }),
  };
}

interface ReadValue {
  readonly value: string;
  /** Index of the value's last line. */
  readonly end: number;
  readonly problem?: string;
  readonly advice: string;
}

/** Reads a value. `rest` is the text after "=" and blanks in the line at `start`. */
function readValue(rest: string, start: number, lines: readonly string[]): ReadValue {
  const quote = /^["'`]/.exec(rest)?.[0];
  const advice =
    'Close the quotation mark where the value ends, and begin a comment behind it with #';
  if (quote === undefined) {
    const [value = ''] = rest.split('#');
    return { value: value.trim(), end: start, advice };
  }
  let open = rest.slice(1);
  let end = start;
  while (!open.includes(quote) && end + 1 < lines.length) {
    end += 1;
    open += `\n${lines[end] ?? ''}`;
  }
  const closing = open.indexOf(quote);
  if (closing === -1) {
    const problem = 'begins a value with a quotation mark that never ends';
    return { value: rest.trimEnd(), end: start, problem, advice };
  }
  const quoted = open.slice(0, closing);
  const value = quote === '"' ? quoted.replaceAll(String.raw`\n`, '\n') : quoted;
  if (BLANK_OR_COMMENT.test(open.slice(closing + 1))) return { value, end, advice };
  return { value, end, problem: 'has text behind the quotation mark that ends its value', advice };
}
