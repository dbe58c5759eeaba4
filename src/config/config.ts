import type { Budgets } from '../domain/ledger/budget.ts';
import type { PriceList } from '../domain/ledger/price-list.ts';
import type { ProviderId } from '../domain/routes/provider-traits.ts';
import type { ProviderDescriptor } from '../providers/descriptor.ts';
import type { ProxyExceptions } from './proxy-settings.ts';
import { storePasswords } from './store-setting.ts';
import type { StoreSetting } from './store-setting.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_FORMATS = ['json', 'pretty'] as const;
type LogFormat = (typeof LOG_FORMATS)[number];

interface ProviderSettings {
  /** Absent where the provider needs none. */
  readonly apiKey?: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** The names of its libraries that are on; none if absent. */
  readonly libraries?: readonly string[];
  /** The operator's ids of models, by their names at the provider; none if absent. */
  readonly models?: ReadonlyMap<string, string>;
  /** The models that are wanted of its own list; all if absent. */
  readonly listedModels?: readonly string[];
}

/** A host from which media may be fetched even if it is private or uses plain http. */
export interface TrustedMediaHost {
  /** A name or an address; IPv6 without brackets. */
  readonly host: string;
  /** `undefined` when all ports are trusted. */
  readonly port?: number;
}

/** The proxies for addresses that are neither loopback nor trusted; none where both are `undefined`. */
interface Proxies {
  /** For `https:` addresses; may carry a user name and a password. */
  readonly httpsProxy: string | undefined;
  /** For the others, and for `https:` ones where they have no proxy of their own. */
  readonly allProxy: string | undefined;
  readonly exceptions: ProxyExceptions;
}

/** All settings, validated. */
export interface Config {
  readonly discord: {
    readonly token: string;
    /** REST root without the version and without a trailing slash. */
    readonly apiUrl: string;
    /** The servers that the bot serves; empty for all servers. */
    readonly guildIds: readonly string[];
    /** 64 hex digits; `undefined` where interactions arrive over the gateway. */
    readonly publicKey?: string;
    /** How many shards all processes have together; `undefined` for Discord's recommendation. */
    readonly shardCount?: number;
  };
  /** All providers that this installation knows, in the order in which people see them. */
  readonly descriptors: readonly ProviderDescriptor[];
  /** Those of them that are on: their keys are set, or a file declares them. At least one. */
  readonly providers: Readonly<Record<ProviderId, ProviderSettings>>;
  readonly store: StoreSetting;
  readonly dataDir: string;
  /** `undefined` when no prices are known. */
  readonly priceList?: PriceList;
  readonly budgets: Budgets;
  readonly proxies: Proxies;
  readonly trustedMediaHosts: readonly TrustedMediaHost[];
  readonly keptMedia: {
    readonly folder: string;
    /** 0 keeps none. */
    readonly maxBytes: number;
  };
  readonly ffmpeg: {
    /** The program: its path, or a name that is looked up in `searchPath`. */
    readonly path: string;
    /** The `PATH` of this process; `undefined` when it has none. */
    readonly searchPath: string | undefined;
  };
  readonly pollMinMs: number;
  readonly pollMaxMs: number;
  readonly progressEditMs: number;
  readonly taskTimeoutMs: number;
  /** How many creates of one provider may be in flight. */
  readonly createsAtOnce: number;
  readonly maxActivePerUser: number;
  readonly maxActivePerGuild: number;
  readonly shutdownMs: number;
  /** 32 bytes; `undefined` when the bot keeps its own key in `dataDir`. */
  readonly secretKey?: Uint8Array;
  readonly retentionMs: number;
  /** `undefined` when there is no health server. Port 0 means any free port. */
  readonly http?: { readonly port: number; readonly host: string };
  readonly log: { readonly level: LogLevel; readonly format: LogFormat };
}

/** Lists the settings that must not appear in a log. */
export function listSecrets({ discord, providers, proxies, store, secretKey }: Config): string[] {
  return [
    discord.token,
    ...Object.values(providers).flatMap(({ apiKey }) => (apiKey === undefined ? [] : [apiKey])),
    ...[proxies.httpsProxy, proxies.allProxy].flatMap(proxyPasswords),
    ...storePasswords(store),
    ...(secretKey === undefined ? [] : [Buffer.from(secretKey).toString('base64')]),
  ];
}

/** As written and as sent. */
function proxyPasswords(proxy: string | undefined): string[] {
  const password = proxy === undefined ? '' : new URL(proxy).password;
  return password === '' ? [] : [password, decodeURIComponent(password)];
}
