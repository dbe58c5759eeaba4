import { isAtServer } from './result-address.ts';

/** The key and address of each provider that is on. */
type ProvidersOn = Readonly<
  Record<string, { readonly apiKey?: string; readonly baseUrl: string } | undefined>
>;

/** Creates the function that gives a provider's key for addresses at its own server alone. */
export function createResultKeys(
  providers: ProvidersOn,
): (provider: string, address: string) => string | undefined {
  return (provider, address) => {
    const settings = providers[provider];
    return settings !== undefined && isAtServer(settings.baseUrl, address)
      ? settings.apiKey
      : undefined;
  };
}
