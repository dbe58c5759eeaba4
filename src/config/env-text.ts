import type { ConfigFault } from './config-fault.ts';

/** One NAME=VALUE of a file of settings. */
export interface EnvEntry {
  readonly name: string;
  readonly value: string;
  /** The line of its name, counted from 1. */
  readonly line: number;
}

/** A line that is no setting, or whose value does not end as it should. */
export interface EnvFlaw extends Omit<ConfigFault, 'name'> {
  readonly line: number;
  /** What may be meant for a name. May be anything, a secret too: it is for comparing, not for showing. */
  readonly word?: string;
}

export interface EnvText {
  readonly entries: readonly EnvEntry[];
  readonly flaws: readonly EnvFlaw[];
}

const SETTING = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=(.*)$/;
const NO_SETTING = /^\s*(?:#|$)/;
const FIRST_WORDS = /^\s*(?:(?:export|set|setx|\$env)\b[\s:]*)?([\w.-]+)/i;

/**
 * Reads `.env` by the rules of Node's `parseEnv`, which cannot be used itself: what it makes of a
 * line without "=", of blanks behind one and of a quotation mark that never ends differs between
 * Node's versions, and it says of none that it dropped something.
 */
export function readEnvText(text: string): EnvText {
  const lines = text.split(/\r\n?|\n/);
  const entries: EnvEntry[] = [];
  const flaws: EnvFlaw[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (NO_SETTING.test(line)) continue;
    const [, name, rest = ''] = SETTING.exec(line) ?? [];
    if (name === undefined) {
      flaws.push(strayLine(line, index + 1));
      continue;
    }
    const { value, end, ...flaw } = readValue(rest.trimStart(), index, lines);
    entries.push({ name, value, line: index + 1 });
    if (flaw.wrong !== undefined) flaws.push({ line: index + 1, ...flaw, wrong: flaw.wrong });
    index = end;
  }
  return { entries, flaws };
}

function strayLine(text: string, line: number): EnvFlaw {
  const [, word] = FIRST_WORDS.exec(text) ?? [];
  return {
    line,
    wrong: 'is neither NAME=value nor a comment',
    todo: 'Correct the line, or begin it with #',
    ...(word !== undefined && { word }),
  };
}

interface ReadValue {
  readonly value: string;
  /** Index of the value's last line. */
  readonly end: number;
  readonly wrong?: string;
  readonly todo: string;
}

/** `rest`: what stands behind "=" and blanks in the line at `start`. */
function readValue(rest: string, start: number, lines: readonly string[]): ReadValue {
  const quote = /^["'`]/.exec(rest)?.[0];
  const todo =
    'Close the quotation mark where the value ends, and begin a comment behind it with #';
  if (quote === undefined) {
    const [value = ''] = rest.split('#');
    return { value: value.trim(), end: start, todo };
  }
  let open = rest.slice(1);
  let end = start;
  while (!open.includes(quote) && end + 1 < lines.length) {
    end += 1;
    open += `\n${lines[end] ?? ''}`;
  }
  const closing = open.indexOf(quote);
  if (closing === -1) {
    const wrong = 'begins a value with a quotation mark that never ends';
    return { value: rest.trimEnd(), end: start, wrong, todo };
  }
  const quoted = open.slice(0, closing);
  const value = quote === '"' ? quoted.replaceAll(String.raw`\n`, '\n') : quoted;
  if (NO_SETTING.test(open.slice(closing + 1))) return { value, end, todo };
  return { value, end, wrong: 'has text behind the quotation mark that ends its value', todo };
}
