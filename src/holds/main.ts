import { existsSync } from 'node:fs';
import { listSecrets } from '../config/config.ts';
import { renderFault } from '../config/config-fault.ts';
import { loadConfig } from '../config/load-config.ts';
import { createLogger } from '../logging/logger.ts';
import { holdRestored } from './restored.ts';

const EXIT = { fault: 1, badConfig: 78 } as const;

const USAGE =
  'npm run holds -- restored: on a stopped store that came out of a snapshot of the whole folder; holds what may have been sent since';

async function main(): Promise<number> {
  const parsed = loadConfig();
  if (!parsed.ok) {
    for (const fault of parsed.faults) process.stderr.write(`${renderFault(fault)}\n`);
    return EXIT.badConfig;
  }
  const { config } = parsed;
  if (process.argv.slice(2).join(' ') !== 'restored') {
    process.stderr.write(`${USAGE}\n`);
    return EXIT.fault;
  }
  try {
    if (!existsSync(config.storePath)) throw new Error(`there is no store at ${config.storePath}`);
    const log = createLogger({
      ...config.log,
      level: 'error',
      destination: process.stderr,
      secrets: listSecrets(config),
    });
    const { held, restore } = await holdRestored(config, log);
    process.stdout.write(`${held} held: they may have been sent after the snapshot was made.\n`);
    if (restore !== undefined) {
      const since = new Date(restore.since).toISOString();
      process.stdout.write(`What was spent after ${since} is not in the books.\n`);
    }
    return 0;
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : 'unknown cause';
    process.stderr.write(`Nothing was held: ${what}\n`);
    return EXIT.fault;
  }
}

process.exitCode = await main();
