import type { ProviderId } from '../domain/routes/provider-traits.ts';
import { PROVIDERS } from '../providers/registry.ts';
import type { Config } from './config.ts';

/** An address that most likely names a part of the path which the bot adds itself. */
export interface AddressDoubt {
  readonly provider: ProviderId;
  /** The setting's. */
  readonly name: string;
  /** The part of the path that is too much. */
  readonly tooMuch: string;
  /** The address to set instead. */
  readonly instead: string;
}

/** The addresses of providers under which nothing will be found, as far as their form tells. */
export function doubtAddresses({ providers }: Pick<Config, 'providers'>): AddressDoubt[] {
  return PROVIDERS.flatMap(({ id, settings: { address } }) => {
    const set = providers[id]?.baseUrl;
    const tooMuch = set === undefined ? undefined : address.ownPath.exec(set)?.[0];
    if (set === undefined || tooMuch === undefined) return [];
    const instead = set.slice(0, -tooMuch.length);
    return [{ provider: id, name: address.name, tooMuch, instead }];
  });
}
