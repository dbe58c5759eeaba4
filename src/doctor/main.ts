import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { HANDLERS, definitionsOf } from '../bot/handlers.ts';
import { listSecrets } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import { renderFault } from '../config/config-fault.ts';
import { loadConfig, loadEnvironment } from '../config/load-config.ts';
import { checkChannel } from './check-channel.ts';
import { checkDiscord } from './check-discord.ts';
import { checkFfmpeg } from './check-ffmpeg.ts';
import { checkGateway } from './check-gateway.ts';
import { checkDisk, checkFolder, checkKeyFile, checkNode } from './check-machine.ts';
import { checkPostgres } from './check-postgres.ts';
import { checkPrices } from './check-prices.ts';
import { checkPrivateFiles } from './check-private-files.ts';
import { checkProviders } from './check-providers.ts';
import { checkProxies } from './check-proxies.ts';
import { checkStore } from './check-store.ts';
import { checkUploadPrices } from './check-upload-prices.ts';
import { createDiscordReader } from '../discord/reader/discord-reader.ts';
import { PROVIDER_FILES } from '../providers/registry.ts';
import { catalogueOf } from '../providers/catalogue-of.ts';
import { createOutbound } from '../outbound/outbound.ts';
import { renderFinding, warning } from './finding.ts';
import type { Finding } from './finding.ts';
import { readLists } from './read-lists.ts';
import { doctorTexts } from './texts.ts';

const EXIT = { fault: 1, badConfig: 78 } as const;

async function main(): Promise<number> {
  const channelId = readChannel();
  if (channelId === 'unreadable') {
    process.stderr.write(`${doctorTexts.usage}\n`);
    return EXIT.fault;
  }
  const parsed = loadConfig();
  if (!parsed.ok) {
    for (const wrong of parsed.faults) process.stderr.write(`${renderFault(wrong)}\n`);
    return EXIT.badConfig;
  }
  const { config, warnings } = parsed;
  const findings = [
    ...warnings.map(({ name, problem, advice }) => warning(name, { text: problem, advice })),
    ...(await examine(config, channelId)),
  ];
  const secrets = listSecrets(config);
  for (const finding of findings) process.stdout.write(`${renderFinding(finding, secrets)}\n`);
  const count = (level: Finding['level']): number =>
    findings.filter((finding) => finding.level === level).length;
  process.stdout.write(`${doctorTexts.summary(count('fault'), count('warning'))}\n`);
  return count('fault') === 0 ? 0 : EXIT.fault;
}

function readChannel(): string | undefined {
  try {
    const { channel } = parseArgs({ options: { channel: { type: 'string' } } }).values;
    return channel === undefined || /^\d{15,20}$/.test(channel) ? channel : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** Runs all checks; a failing check does not hide another. */
async function examine(config: Config, channelId: string | undefined): Promise<Finding[]> {
  const { dataDir, store: setting } = config;
  const [machine, discord, proxies, providers, lists, store] = await Promise.all([
    Promise.all([checkFolder('DATA_DIR', dataDir), checkDisk(dataDir)]),
    examineDiscord(config, channelId),
    checkProxies(config.proxies),
    checkProviders(config),
    readLists(config),
    examineStore(config),
  ]);
  const storeFiles = setting.kind === 'sqlite' ? [setting.path, `${setting.path}-wal`] : [];
  return [
    checkNode(process.versions.node),
    ...discord,
    ...proxies,
    ...providers,
    ...lists.findings,
    ...store,
    ...machine,
    await checkPrivateFiles(['.env', ...routesFiles(), ...storeFiles]),
    checkPrices({ ...config, ...lists.config }),
    ...checkUploadPrices(config),
    await checkFfmpeg(config),
  ];
}

/** The database, and the key that it needs. */
async function examineStore(config: Config): Promise<Finding[]> {
  const { store, dataDir, secretKey } = config;
  if (store.kind === 'postgres') return checkPostgres({ ...config, store });
  const key = secretKey === undefined ? [checkKeyFile(dataDir, existsSync(store.path))] : [];
  return [
    ...(await checkStore(store.path)),
    await checkFolder('STORE_URL', dirname(store.path)),
    ...(await Promise.all(key)),
  ];
}

/** The files that declare providers, which may have keys. */
function routesFiles(): string[] {
  const env = loadEnvironment();
  return PROVIDER_FILES.map(({ setting }) => env[setting.name]?.trim() || setting.default);
}

async function examineDiscord(config: Config, channelId: string | undefined): Promise<Finding[]> {
  const { apiUrl, token, guildIds, publicKey } = config.discord;
  const { toConfigured, proxied } = createOutbound(config);
  const connect = proxied?.toConfigured;
  const ask = createDiscordReader({ apiUrl, token, now: Date.now, connect });
  const commands = definitionsOf(HANDLERS, catalogueOf(config.descriptors)).map(({ name }) => name);
  const { findings, botId } = await checkDiscord({ ask, guildIds, publicKey, commands });
  if (botId === undefined) return [...findings];
  // Nothing arrives over the gateway where there is an endpoint.
  const gateway = publicKey === undefined ? await checkGateway(ask, toConfigured) : [];
  const reached = [...findings, ...gateway];
  if (channelId === undefined) return reached;
  return [...reached, await checkChannel(ask, channelId, botId)];
}

process.exitCode = await main();
