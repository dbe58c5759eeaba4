import type { ConfigFault } from './config-fault.ts';
import { readEnvText } from './env-text.ts';
import type { EnvEntry, EnvFlaw } from './env-text.ts';
import { nearestName } from './nearest-name.ts';
import { errorCode } from '../domain/error-code.ts';
import { readTextFile } from './read-text-file.ts';
import type { Environment } from './setting-text.ts';
import { SETTING_NAMES } from './setting-names.ts';

interface EnvFile {
  readonly isThere: boolean;
  readonly entries: readonly EnvEntry[];
  readonly faults: readonly ConfigFault[];
}

/** The settings of a file (`.env`), and each of its lines that is none. */
export function readEnvFile(path: string): EnvFile {
  const unusable = (wrong: string, todo: string): EnvFile => ({
    isThere: true,
    entries: [],
    faults: [{ name: path, wrong, todo }],
  });

  let text: string | undefined;
  try {
    text = readTextFile(path);
  } catch (error) {
    const code = errorCode(error) ?? 'unknown fault';
    return unusable(
      `cannot be read (${code})`,
      'Make it a file that the bot may read, or remove it',
    );
  }
  if (text === undefined) return { isThere: false, entries: [], faults: [] };
  if (/[\0\uFFFD]/.test(text)) return unusable('is not UTF-8 text', 'Save it as UTF-8');
  const { entries, flaws } = readEnvText(text);
  const faults = [...flaws, ...entries.flatMap(swallowed)].map((flaw) => flawFault(path, flaw));
  return { isThere: true, entries, faults };
}

/**
 * The environment with the file's settings behind it, the last of a name. A variable of the
 * environment wins, an empty one too: it switches a line of the file off.
 */
export function withEnvFile(
  env: Environment,
  entries: readonly Pick<EnvEntry, 'name' | 'value'>[],
): Environment {
  return { ...Object.fromEntries(entries.map(({ name, value }) => [name, value])), ...env };
}

/** A value over several lines is one thing; a setting of ours inside of it is a quotation mark forgotten. */
function swallowed({ value, line }: EnvEntry): EnvFlaw[] {
  const inside = value
    .split('\n')
    .slice(1)
    .map((text) => /^\s*(?:export\s+)?(\w+)\s*=/.exec(text)?.[1]);
  const name = SETTING_NAMES.find((known) => inside.includes(known));
  if (name === undefined) return [];
  const wrong = `begins a value in quotation marks that swallows the line of ${name}`;
  return [{ line, wrong, todo: 'Close the quotation mark where the value ends' }];
}

/** Names the line and the nearest setting, never what stands there: it may be a secret. */
function flawFault(path: string, { line, word, wrong, todo }: EnvFlaw): ConfigFault {
  const meant = word === undefined ? undefined : nearestName(word, 'file');
  const hint = meant === undefined ? '' : ` (is ${meant} meant?)`;
  return { name: path, wrong: `line ${line} ${wrong}${hint}`, todo };
}
