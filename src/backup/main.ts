import { join } from 'node:path';
import { renderFault } from '../config/config-fault.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import { discordNow } from '../discord/reader/discord-now.ts';
import { backUp, backupName } from '../store/backup/back-up.ts';
import type { Backup } from '../store/backup/back-up.ts';

const EXIT = { fault: 1, badConfig: 78 } as const;

const USAGE = 'npm run backup [-- PATH]: copies the database to PATH, a new file or a folder';

const UNASKED =
  'Discord could not be asked for the time: where the name has one, it is this machine’s.';

async function main(): Promise<number> {
  const parsed = loadConfig();
  if (!parsed.ok) {
    for (const fault of parsed.faults) process.stderr.write(`${renderFault(fault)}\n`);
    return EXIT.badConfig;
  }
  const { config } = parsed;
  const given = process.argv.slice(2);
  const [path] = given;
  if (given.length > 1 || path?.startsWith('-') === true) {
    process.stderr.write(`${USAGE}\n`);
    return EXIT.fault;
  }
  const asked = await discordNow({ ...config.discord, now: Date.now });
  const nowMs = asked ?? Date.now();
  const target = path ?? join(config.dataDir, 'backups', backupName(nowMs));
  try {
    const backup = await backUp({ storePath: config.storePath, target, nowMs });
    process.stdout.write(`${reportOf(backup, config)}\n`);
    if (asked === undefined) process.stdout.write(`${UNASKED}\n`);
    return 0;
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : 'unknown cause';
    process.stderr.write(`No backup was made: ${what}\n`);
    return EXIT.fault;
  }
}

function reportOf({ path, bytes, schemaVersion }: Backup, config: Config): string {
  const key =
    config.secretKey === undefined
      ? `the file ${join(config.dataDir, 'secret.key')}`
      : 'SECRET_KEY';
  return [
    path,
    `${bytes} bytes, whole, schema ${schemaVersion}`,
    `The key is not in it: keep ${key} as well, in another place than the copy. Without the key the accounts can be read, and prompts, tokens and attachment addresses cannot.`,
  ].join('\n');
}

process.exitCode = await main();
