import type { ConfigFault } from './config-fault.ts';
import { withEnvFile } from './env-file.ts';
import type { EnvEntry } from './env-text.ts';
import { nearestName } from './nearest-name.ts';
import type { Environment } from './setting-text.ts';
import { SETTING_NAMES } from './setting-names.ts';
import { isPostgres } from './store-setting.ts';

/** The result of checking the names of settings. */
export interface CheckedNames {
  readonly faults: readonly ConfigFault[];
  /** Do not prevent the start. */
  readonly warnings: readonly ConfigFault[];
}

/** Finds names that look like misspelt settings, have no effect, or are set twice. */
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
    warnings: [
      ...unusedNames(withEnvFile(env, file.entries)),
      ...lowerCaseProxies(withEnvFile(env, file.entries)),
      ...namesSetTwice(file),
    ],
  };
}

function misspelt(name: string, nearest: string, where: string): ConfigFault {
  return {
    name,
    problem: `is no setting${where}; the nearest is ${nearest}`,
    advice: `Write ${nearest} if that is meant, else remove it`,
  };
}

const OF_SEVERAL_PROCESSES = ['INSTANCE', 'SHARD_COUNT'] as const;

function unusedNames(values: Environment): ConfigFault[] {
  const { STORE_URL = '' } = values;
  if (isPostgres(STORE_URL.trim())) return [];
  return OF_SEVERAL_PROCESSES.filter((name) => (values[name] ?? '').trim() !== '').map((name) => ({
    name,
    problem: 'is set, and has no effect without postgres:// in STORE_URL',
    advice: 'It does no harm; remove it if several processes were meant to share a database',
  }));
}

/** Other programs read these in lower case as well, so that a proxy seems to be set. */
function lowerCaseProxies(values: Environment): ConfigFault[] {
  return ['HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => {
    const lower = name.toLowerCase();
    if ((values[lower] ?? '') === '' || values[name] !== undefined) return [];
    const advice = `Set ${name} as well if the bot should use that proxy, or set it empty if not`;
    return [{ name: lower, problem: `is not read, only ${name} is`, advice }];
  });
}

function namesSetTwice({ path, entries }: Parameters<typeof checkNames>[1]): ConfigFault[] {
  return SETTING_NAMES.flatMap((name) => {
    const lines = entries.filter((entry) => entry.name === name).map(({ line }) => line);
    if (lines.length < 2) return [];
    return [
      {
        name,
        problem: `is set more than once (lines ${lines.join(', ')} of ${path}); the last one counts`,
        advice: 'Keep one of them',
      },
    ];
  });
}
