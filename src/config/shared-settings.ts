import { createHmac } from 'node:crypto';
import { switchesOf } from '../providers/library/switches-of.ts';
import { PROVIDER_FILES, PROVIDERS } from '../providers/registry.ts';
import type { Config } from './config.ts';

/**
 * What stands for the values of the settings that are to be the same for all processes of a database,
 * by their names; without the database's key no value can be guessed by it. Left out are those that are
 * a process's or a machine's own, and those with which it would not be one of them at all.
 */
export function settingDigests(config: Config): Readonly<Record<string, string>> {
  const { secretKey = new Uint8Array() } = config;
  return Object.fromEntries(
    Object.entries(sharedSettings(config)).map(([name, value]) => [
      name,
      createHmac('sha256', secretKey)
        .update(`${name}\0${JSON.stringify(value, writable) ?? ''}`)
        .digest('hex')
        .slice(0, 24),
    ]),
  );
}

function sharedSettings(config: Config): Readonly<Record<string, unknown>> {
  const { discord, priceList, budgets, keptMedia, trustedMediaHosts } = config;
  return {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_GUILD_IDS: discord.guildIds.toSorted(),
    DISCORD_PUBLIC_KEY: discord.publicKey?.toLowerCase(),
    SHARD_COUNT: discord.shardCount,
    ...providerSettings(config),
    PRICES_FILE: priceList,
    BUDGET_DAY: budgets.day,
    BUDGET_MONTH: budgets.month,
    TRUSTED_MEDIA_HOSTS: trustedMediaHosts.map(({ host, port }) => `${host}:${port}`).toSorted(),
    MEDIA_MAX_BYTES: keptMedia.maxBytes,
    TASK_TIMEOUT_MINUTES: config.taskTimeoutMs,
    CREATES_AT_ONCE: config.createsAtOnce,
    MAX_ACTIVE_PER_USER: config.maxActivePerUser,
    MAX_ACTIVE_PER_GUILD: config.maxActivePerGuild,
    RETENTION_DAYS: config.retentionMs,
  };
}

function providerSettings({ descriptors, providers }: Config): Readonly<Record<string, unknown>> {
  const known = new Set(PROVIDERS.map(({ id }) => id));
  const declared = descriptors
    .filter(({ id }) => !known.has(id))
    .map((descriptor) => [descriptor, providers[descriptor.id]]);
  return Object.fromEntries([
    ...PROVIDERS.flatMap((descriptor): [string, unknown][] => {
      const { settings, list } = descriptor;
      const own = providers[descriptor.id];
      return [
        [settings.apiKey.name, own?.apiKey],
        [settings.address.name, own?.baseUrl],
        ...(settings.models === undefined ? [] : [pair(settings.models.name, own?.models)]),
        ...(list === undefined ? [] : [pair(list.narrowedBy, own?.listedModels?.toSorted())]),
        ...switchesOf(descriptor).map((name) => pair(name, own?.libraries)),
      ];
    }),
    // One file for all of them.
    ...PROVIDER_FILES.map(({ setting }) => pair(setting.name, declared)),
  ]);
}

const pair = (name: string, value: unknown): [string, unknown] => [name, value];

function writable(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Map ? [...value] : value;
}
