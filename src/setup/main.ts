import { rename, rm, writeFile } from 'node:fs/promises';
import { renderFault } from '../config/config-fault.ts';
import { PROVIDER_FILE_NAMES, readProviderFiles } from '../config/provider-files.ts';
import { faultsIn, presentTexts } from '../config/setting-text.ts';
import { settingsSchema } from '../config/settings.ts';
import { parseConfig } from '../config/parse-config.ts';
import { loadEnvironment } from '../config/load-config.ts';
import { readTextFile } from '../config/read-text-file.ts';
import { parseWayOut } from '../config/way-out.ts';
import { createDiscordReader } from '../discord/reader/discord-reader.ts';
import { checkProviders } from '../doctor/check-providers.ts';
import { fault } from '../doctor/finding.ts';
import type { Finding } from '../doctor/finding.ts';
import { billingEntries } from '../domain/ledger/billing-name.ts';
import { createOutbound } from '../outbound/outbound.ts';
import { catalogueOf } from '../providers/catalogue-of.ts';
import type { DeclaredProvider } from '../providers/provider-file.ts';
import { PROVIDERS } from '../providers/registry.ts';
import { checkToken } from './check-token.ts';
import { runSetup } from './run-setup.ts';
import type { AskedProvider, SetupDeps } from './run-setup.ts';
import { InputEnded, createTerminal } from './terminal.ts';
import { setupTexts as texts } from './texts.ts';

/** What it takes of the bot's own settings, as the bot reads it. */
const discordSchema = settingsSchema.pick({ DISCORD_API_URL: true });
/** The exit code for a bad setting. */
const BAD_CONFIG = 78;
/** Readable and writable by its owner alone. */
const PRIVATE = 0o600;

const providers = PROVIDERS.map(({ id, name, settings }) => ({
  id,
  name,
  keyName: settings.apiKey.name,
}));

async function checkKey(
  { id, name, keyName }: AskedProvider,
  { token, key }: { readonly token: string; readonly key: string },
): Promise<Finding> {
  const env: Record<string, string | undefined> = { ...loadEnvironment() };
  // Only this provider is asked.
  for (const other of providers) env[other.keyName] = '';
  Object.assign(env, { [keyName]: key, DISCORD_TOKEN: token, DISCORD_GUILD_IDS: '' });
  const parsed = parseConfig(env, { readText: readTextFile, isTerminal: true });
  if (!parsed.ok) {
    const [first] = parsed.faults;
    if (first === undefined) return fault(name, texts.keys.notAsked);
    const text = texts.keys.badSetting(first.name, first.problem);
    return fault(name, { text, advice: first.advice });
  }
  const descriptors = parsed.config.descriptors.filter((one) => one.id === id);
  const findings = await checkProviders({ ...parsed.config, descriptors });
  const worst = findings.find(({ level }) => level !== 'ok') ?? findings[0];
  return worst ?? fault(id, texts.keys.notAsked);
}

/** What can be priced: not what has its price where its provider is declared. */
function priceableAt(declared: readonly DeclaredProvider[]): SetupDeps['priceable'] {
  const descriptors = [...PROVIDERS, ...declared.map(({ descriptor }) => descriptor)];
  const priced = new Set(declared.flatMap(({ prices }) => prices.map(([key]) => key)));
  const entries = billingEntries(catalogueOf(descriptors).routes);
  return (on) =>
    entries
      .filter(({ name, route }) => on.has(route.provider) && !priced.has(name))
      .map(({ name, route }) => ({ name, per: route.billing.unit }));
}

/** Whole or not at all: a file that is there already is replaced in one step. */
async function writePrivate(path: string, text: string): Promise<void> {
  const part = `${path}.part`;
  await rm(part, { force: true });
  await writeFile(part, text, { mode: PRIVATE, flag: 'wx' });
  await rename(part, path);
}

async function main(): Promise<number> {
  const env = loadEnvironment();
  const parsed = parseWayOut(env);
  if (!parsed.ok) {
    // It asks for none of them, and without them it may not reach anything.
    for (const one of parsed.faults) process.stderr.write(`${renderFault(one)}\n`);
    return BAD_CONFIG;
  }
  const declared = readProviderFiles(presentTexts(env, PROVIDER_FILE_NAMES), {
    readText: readTextFile,
    trustedHosts: parsed.wayOut.trustedMediaHosts,
  });
  if (declared.faults.length > 0) {
    for (const one of declared.faults) process.stderr.write(`${renderFault(one)}\n`);
    return BAD_CONFIG;
  }
  const connect = createOutbound(parsed.wayOut).proxied?.toConfigured;
  const discord = discordSchema.safeParse(presentTexts(env, Object.keys(discordSchema.shape)));
  if (!discord.success) {
    for (const one of faultsIn(discord.error)) process.stderr.write(`${renderFault(one)}\n`);
    return BAD_CONFIG;
  }
  const apiUrl = discord.data.DISCORD_API_URL;
  const terminal = createTerminal(process.stdin, process.stdout);
  try {
    const isWritten = await runSetup({
      terminal,
      providers,
      declared: declared.providers.map(({ descriptor }) => descriptor),
      priceable: priceableAt(declared.providers),
      checkToken: async (token) =>
        checkToken(createDiscordReader({ apiUrl, token, now: Date.now, connect })),
      checkKey,
      read: readTextFile,
      write: writePrivate,
    });
    return isWritten ? 0 : 1;
  } catch (cause) {
    if (!(cause instanceof InputEnded)) throw cause;
    terminal.say(`\n${texts.inputEnded}`);
    return 1;
  } finally {
    terminal.close();
  }
}

process.exitCode = await main();
