import type { ProviderId } from '../domain/routes/provider-traits.ts';
import { PROVIDERS } from '../providers/registry.ts';
import type { Config } from './config.ts';

/** An address that most likely names a part of the path which the bot adds itself. */
export interface SuspectAddress {
  readonly provider: ProviderId;
  /** The setting's. */
  readonly name: string;
  /** The part of the path that is too much. */
  readonly redundantPath: string;
  /** The address to set instead. */
  readonly instead: string;
}

/** The addresses of providers under which nothing will be found, as far as their form tells. */
export function findSuspectAddresses({ providers }: Pick<Config, 'providers'>): SuspectAddress[] {
  return PROVIDERS.flatMap(({ id, settings: { address } }) => {
    const set = providers[id]?.baseUrl;
    const redundantPath = set === undefined ? undefined : address.redundantPath.exec(set)?.[0];
    if (set === undefined || redundantPath === undefined) return [];
    const instead = set.slice(0, -redundantPath.length);
    return [{ provider: id, name: address.name, redundantPath, instead }];
  });
}
