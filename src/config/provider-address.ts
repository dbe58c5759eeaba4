import type { ProviderId } from '../domain/routes/provider-traits.ts';
import type { Config } from './config.ts';

/** A provider's address that probably ends with a path that the bot appends itself. */
export interface SuspectAddress {
  readonly provider: ProviderId;
  /** The provider's name, as people see it. */
  readonly providerName: string;
  /** The name of the setting. */
  readonly name: string;
  /** The end of the address to remove. */
  readonly redundantPath: string;
  /** The address to set instead. */
  readonly instead: string;
}

/** Finds provider addresses that look wrong, so that every request to them would fail. */
export function findSuspectAddresses({
  descriptors,
  providers,
}: Pick<Config, 'descriptors' | 'providers'>): SuspectAddress[] {
  return descriptors.flatMap(({ id, name: providerName, settings: { address } }) => {
    const set = providers[id]?.baseUrl;
    const redundantPath = set === undefined ? undefined : address.redundantPath.exec(set)?.[0];
    if (set === undefined || redundantPath === undefined) return [];
    const instead = set.slice(0, -redundantPath.length);
    return [{ provider: id, providerName, name: address.name, redundantPath, instead }];
  });
}
