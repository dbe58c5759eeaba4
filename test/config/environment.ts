import { expect } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { renderFault } from '../../src/config/config-fault.ts';
import { parseConfig, type ConfigSources } from '../../src/config/parse-config.ts';

/** The minimum settings with which the bot starts. */
export const MINIMAL = { DISCORD_TOKEN: 'token-of-a-bot', JIMMY_API_KEY: 'key-of-jimmy' };

/** A disk with only these files. */
export function sourcesWith(files: Readonly<Record<string, string>> = {}): ConfigSources {
  return { readText: (path) => files[path], isTerminal: false };
}

export function configOf(env: Record<string, string | undefined>, sources = sourcesWith()): Config {
  const parsed = parseConfig({ ...MINIMAL, ...env }, sources);
  expect(parsed.ok ? [] : parsed.faults).toEqual([]);
  if (!parsed.ok) throw new Error('unreachable');
  return parsed.config;
}

/** The rendered faults. */
export function faultsOf(
  env: Record<string, string | undefined>,
  sources = sourcesWith(),
): string[] {
  const parsed = parseConfig(env, sources);
  return parsed.ok ? [] : parsed.faults.map((fault) => renderFault(fault));
}
