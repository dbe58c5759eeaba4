import { join } from 'node:path';
import { renderFault } from '../config/config-fault.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load-config.ts';
import { discordNow } from '../discord/reader/discord-now.ts';
import { createOutbound } from '../outbound/outbound.ts';
import { backUp, backupName } from '../store/backup/back-up.ts';
import type { Backup } from '../store/backup/back-up.ts';
import { backupTexts as texts } from './texts.ts';

const EXIT = { fault: 1, badConfig: 78 } as const;

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
    process.stderr.write(`${texts.usage}\n`);
    return EXIT.fault;
  }
  const connect = createOutbound(config).proxied?.toConfigured;
  const asked = await discordNow({ ...config.discord, now: Date.now, connect });
  const nowMs = asked ?? Date.now();
  const target = path ?? join(config.dataDir, 'backups', backupName(nowMs));
  try {
    const backup = await backUp({ store: config.store, target, nowMs });
    process.stdout.write(`${reportOf(backup, config)}\n`);
    if (asked === undefined) process.stdout.write(`${texts.noDiscordTime}\n`);
    return 0;
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : texts.unknownCause;
    process.stderr.write(`${texts.failed(what)}\n`);
    return EXIT.fault;
  }
}

function reportOf({ path, bytes, schemaVersion }: Backup, config: Config): string {
  const key =
    config.secretKey === undefined
      ? texts.keyFile(join(config.dataDir, 'secret.key'))
      : texts.keySetting;
  return [path, texts.whole(bytes, schemaVersion), texts.keepKey(key)].join('\n');
}

process.exitCode = await main();
