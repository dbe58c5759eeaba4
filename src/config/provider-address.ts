import type { ProviderId } from '../domain/routes/route.ts';
import type { Config } from './config.ts';

/** An address that most likely names a part of the path which the bot adds itself. */
export interface AddressDoubt {
  readonly provider: ProviderId;
  readonly name: string;
  /** The part of the path that is too much. */
  readonly tooMuch: string;
  /** The address to set instead. */
  readonly instead: string;
}

/** Where the paths of both providers begin: a version, or Jimmy AI's prefix before it. */
const OWN_PATH = /\/(?:api\/open-api|v\d+)(?:\/.*)?$/i;

/** The addresses of providers under which nothing will be found, as far as their form tells. */
export function doubtAddresses({ providers }: Pick<Config, 'providers'>): AddressDoubt[] {
  return (['jimmy', 'anyfast'] as const).flatMap((provider) => {
    const address = providers[provider]?.baseUrl;
    const tooMuch = address === undefined ? undefined : OWN_PATH.exec(address)?.[0];
    if (address === undefined || tooMuch === undefined) return [];
    const instead = address.slice(0, -tooMuch.length);
    return [{ provider, name: `${provider.toUpperCase()}_API_URL`, tooMuch, instead }];
  });
}
