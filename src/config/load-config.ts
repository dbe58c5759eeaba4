import { withEnvFile } from './env-file.ts';
import { parseConfig, type ParsedConfig } from './parse-config.ts';
import { readTextFile } from './read-text-file.ts';

/** The settings of this process: its environment, and `.env` in its working directory where there is one. */
export function loadConfig(): ParsedConfig {
  const { env, faults } = withEnvFile(process.env, '.env');
  const parsed = parseConfig(env, {
    readText: readTextFile,
    isTerminal: process.stdout.isTTY,
  });
  if (faults.length === 0) return parsed;
  return { ok: false, faults: [...faults, ...(parsed.ok ? [] : parsed.faults)] };
}
