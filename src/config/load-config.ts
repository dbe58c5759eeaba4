import { checkNames } from './check-names.ts';
import type { Config } from './config.ts';
import type { ConfigFault } from './config-fault.ts';
import { readEnvFile, withEnvFile } from './env-file.ts';
import { parseConfig } from './parse-config.ts';
import { readTextFile } from './read-text-file.ts';
import type { Environment } from './setting-text.ts';

const ENV_FILE = '.env';

/** The validated settings, or every problem with them. */
export type LoadedConfig =
  | {
      readonly ok: true;
      readonly config: Config;
      /** Problems that do not prevent the start. */
      readonly warnings: readonly ConfigFault[];
    }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/** Loads the settings from the environment and from `.env` in the working directory, if it exists. */
export function loadConfig(): LoadedConfig {
  const file = readEnvFile(ENV_FILE);
  const names = checkNames(process.env, { path: ENV_FILE, entries: file.entries });
  const parsed = parseConfig(withEnvFile(process.env, file.entries), {
    readText: readTextFile,
    isTerminal: process.stdout.isTTY,
  });
  const faults = [...file.faults, ...names.faults, ...(parsed.ok ? [] : parsed.faults)];
  if (parsed.ok && faults.length === 0) {
    return { ok: true, config: parsed.config, warnings: names.warnings };
  }
  return { ok: false, faults: file.exists ? faults : mentionMissingEnvFile(faults) };
}

/** The environment, with what `.env` sets besides. */
export function loadEnvironment(): Environment {
  return withEnvFile(process.env, readEnvFile(ENV_FILE).entries);
}

/** Adds to the first fault about a missing setting that there is no `.env` file. */
export function mentionMissingEnvFile(faults: readonly ConfigFault[]): ConfigFault[] {
  const first = faults.find(({ isMissing }) => isMissing);
  return faults.map((fault) =>
    fault === first
      ? {
          ...fault,
          problem: `${fault.problem}, and there is no ${ENV_FILE} here`,
          advice: `Make one with "cp .env.example .env", or with "npm run setup". ${fault.advice}`,
        }
      : fault,
  );
}
