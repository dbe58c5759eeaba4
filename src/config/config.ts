import type { Budgets } from '../domain/ledger/budget.ts';
import type { PriceList } from '../domain/ledger/price-list.ts';
import type { ProviderId } from '../domain/routes/provider-traits.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

export const LOG_FORMATS = ['json', 'pretty'] as const;
type LogFormat = (typeof LOG_FORMATS)[number];

interface ProviderSettings {
  readonly apiKey: string;
  /** Without a slash at its end. */
  readonly baseUrl: string;
}

/** A host that media may come from although it is private or plain http; without a port, every port of it. */
export interface TrustedMediaHost {
  /** A name or an address; IPv6 without brackets. */
  readonly host: string;
  readonly port?: number;
}

/** Every setting of the environment, checked. */
export interface Config {
  readonly discord: {
    readonly token: string;
    /** REST root without the version and without a slash at its end. */
    readonly apiUrl: string;
    /** Empty: every guild. */
    readonly guildIds: readonly string[];
  };
  /** The providers that are on; at least one. */
  readonly providers: Readonly<Record<ProviderId, ProviderSettings>>;
  /** Path of the SQLite file. */
  readonly storePath: string;
  readonly dataDir: string;
  /** Absent: no price is known. */
  readonly priceList?: PriceList;
  readonly budgets: Budgets;
  readonly trustedMediaHosts: readonly TrustedMediaHost[];
  readonly pollMinMs: number;
  readonly pollMaxMs: number;
  readonly progressEditMs: number;
  readonly taskTimeoutMs: number;
  readonly maxActivePerUser: number;
  readonly maxActivePerGuild: number;
  readonly shutdownMs: number;
  /** 32 bytes; absent: kept in `dataDir`. */
  readonly secretKey?: Uint8Array;
  readonly retentionMs: number;
  /** Absent: no health server. Port 0: any free one. */
  readonly http?: { readonly port: number; readonly host: string };
  readonly log: { readonly level: LogLevel; readonly format: LogFormat };
}

/** Every text of the settings that must not appear in a log. */
export function listSecrets({ discord, providers, secretKey }: Config): string[] {
  return [
    discord.token,
    ...Object.values(providers).map(({ apiKey }) => apiKey),
    ...(secretKey === undefined ? [] : [Buffer.from(secretKey).toString('base64')]),
  ];
}
