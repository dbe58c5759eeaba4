import type { ConfigFault } from './config-fault.ts';
import { withEnvFile } from './env-file.ts';
import type { EnvEntry } from './env-text.ts';
import { nearestName } from './nearest-name.ts';
import type { Environment } from './setting-text.ts';
import { LATER_NAMES, SETTING_NAMES } from './setting-names.ts';

export interface CheckedNames {
  readonly faults: readonly ConfigFault[];
  /** No reason not to start. */
  readonly warnings: readonly ConfigFault[];
}

/** Names that are almost a setting's, without effect as they stand; and those that have none yet, or twice. */
export function checkNames(
  env: Environment,
  file: { readonly path: string; readonly entries: readonly EnvEntry[] },
): CheckedNames {
  const lineOf = new Map(file.entries.map(({ name, line }) => [name, line]));
  const inFile = [...lineOf].flatMap(([name, line]) => {
    const nearest = nearestName(name, 'file');
    if (nearest === undefined || nearest === name) return [];
    return [misspelt(name, nearest, ` (line ${line} of ${file.path})`)];
  });
  const inEnvironment = Object.keys(env).flatMap((name) => {
    const nearest = lineOf.has(name) ? undefined : nearestName(name, 'environment');
    return nearest === undefined || nearest === name ? [] : [misspelt(name, nearest, '')];
  });
  return {
    faults: [...inFile, ...inEnvironment],
    warnings: [...unusedNames(env, file.entries), ...namesSetTwice(file)],
  };
}

function misspelt(name: string, nearest: string, where: string): ConfigFault {
  return {
    name,
    wrong: `is no setting${where}; the nearest is ${nearest}`,
    todo: `Write ${nearest} if that is meant, else remove it`,
  };
}

function unusedNames(env: Environment, entries: readonly EnvEntry[]): ConfigFault[] {
  const values = withEnvFile(env, entries);
  return LATER_NAMES.filter((name) => (values[name] ?? '').trim() !== '').map((name) => ({
    name,
    wrong: 'is set, and this version does not use it yet',
    todo: 'It does no harm; remove it if you expect something of it',
  }));
}

function namesSetTwice({ path, entries }: Parameters<typeof checkNames>[1]): ConfigFault[] {
  return SETTING_NAMES.flatMap((name) => {
    const lines = entries.filter((entry) => entry.name === name).map(({ line }) => line);
    if (lines.length < 2) return [];
    return [
      {
        name,
        wrong: `is set more than once (lines ${lines.join(', ')} of ${path}); the last one counts`,
        todo: 'Keep one of them',
      },
    ];
  });
}
