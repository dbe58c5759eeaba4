import { checkNames } from './check-names.ts';
import type { Config } from './config.ts';
import type { ConfigFault } from './config-fault.ts';
import { readEnvFile, withEnvFile } from './env-file.ts';
import { parseConfig } from './parse-config.ts';
import { readTextFile } from './read-text-file.ts';

const ENV_FILE = '.env';

export type LoadedConfig =
  | {
      readonly ok: true;
      readonly config: Config;
      /** What is odd and no reason not to start. */
      readonly warnings: readonly ConfigFault[];
    }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

/** The settings of this process: its environment, and `.env` in its working directory where there is one. */
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
  return { ok: false, faults: file.isThere ? faults : sayThereIsNoFile(faults) };
}

/** On the first line about something missing: there a beginner looks. */
export function sayThereIsNoFile(faults: readonly ConfigFault[]): ConfigFault[] {
  const first = faults.find(({ isMissing }) => isMissing);
  return faults.map((fault) =>
    fault === first
      ? {
          ...fault,
          wrong: `${fault.wrong}, and there is no ${ENV_FILE} here`,
          todo: `Make one with "cp .env.example .env". ${fault.todo}`,
        }
      : fault,
  );
}
