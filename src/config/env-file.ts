import type { ConfigFault } from './config-fault.ts';
import { readEnvText } from './env-text.ts';
import type { EnvEntry, EnvFlaw } from './env-text.ts';
import { nearestName } from './nearest-name.ts';
import { errorCode } from '../domain/error-code.ts';
import { readTextFile } from './read-text-file.ts';
import type { Environment } from './setting-text.ts';
import { SETTING_NAMES } from './setting-names.ts';

interface EnvFile {
  readonly exists: boolean;
  readonly entries: readonly EnvEntry[];
  readonly faults: readonly ConfigFault[];
}

/** Reads the settings of a `.env` file, with a fault for each line that is not a setting. */
export function readEnvFile(path: string): EnvFile {
  const unusable = (problem: string, advice: string): EnvFile => ({
    exists: true,
    entries: [],
    faults: [{ name: path, problem, advice }],
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
  if (text === undefined) return { exists: false, entries: [], faults: [] };
  if (/[\0\uFFFD]/.test(text)) return unusable('is not UTF-8 text', 'Save it as UTF-8');
  const { entries, flaws } = readEnvText(text);
  const faults = [...flaws, ...entries.flatMap(swallowedSettings)].map((flaw) =>
    toFault(path, flaw),
  );
  return { exists: true, entries, faults };
}

/**
 * Merges the file's settings into the environment. Within the file the last line of a name wins. The
 * environment wins over the file, even with an empty value, which switches the file's line off.
 */
export function withEnvFile(
  env: Environment,
  entries: readonly Pick<EnvEntry, 'name' | 'value'>[],
): Environment {
  return { ...Object.fromEntries(entries.map(({ name, value }) => [name, value])), ...env };
}

/** Finds a setting inside a multi-line value, which means that a quotation mark is missing. */
function swallowedSettings({ value, line }: EnvEntry): EnvFlaw[] {
  const inside = value
    .split('\n')
    .slice(1)
    .map((text) => /^\s*(?:export\s+)?(\w+)\s*=/.exec(text)?.[1]);
  const name = SETTING_NAMES.find((known) => inside.includes(known));
  if (name === undefined) return [];
  const problem = `begins a value in quotation marks that swallows the line of ${name}`;
  return [{ line, problem, advice: 'Close the quotation mark where the value ends' }];
}

/** Names the line and the nearest setting, but never quotes the line: it may contain a secret. */
function toFault(path: string, { line, word, problem, advice }: EnvFlaw): ConfigFault {
  const meant = word === undefined ? undefined : nearestName(word, 'file');
  const hint = meant === undefined ? '' : ` (is ${meant} meant?)`;
  return { name: path, problem: `line ${line} ${problem}${hint}`, advice };
}
