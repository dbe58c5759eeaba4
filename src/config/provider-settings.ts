import { PROVIDERS } from '../providers/registry.ts';
import type { Config } from './config.ts';
import { parseBaseUrl } from './parse-addresses.ts';
import { parseApiKey } from './parse-secrets.ts';
import type { SettingReader } from './setting-reader.ts';

/** The settings of every provider that the registry has, in the order of the documentation. */
export const PROVIDER_SETTING_NAMES: readonly string[] = PROVIDERS.flatMap(({ settings }) => [
  settings.apiKey.name,
  settings.address.name,
]);

/** Those of versions to come. */
export const LATER_PROVIDER_SETTING_NAMES: readonly string[] = PROVIDERS.flatMap(
  ({ settings }) => settings.later ?? [],
);

/** First words of these settings' names, which are nobody else's: `ACME` of `ACME_API_KEY`. */
export const PROVIDER_FAMILIES: readonly string[] = PROVIDERS.map(
  ({ settings }) => settings.apiKey.name.split('_')[0] ?? '',
);

/** The providers whose keys are set; none at all is a fault. */
export function readProviderSettings(settings: SettingReader): Config['providers'] {
  const read = PROVIDERS.map(({ id, settings: { apiKey, address } }) => ({
    id,
    apiKey: settings.read(apiKey.name, parseApiKey),
    baseUrl: settings.read(address.name, parseBaseUrl) ?? address.default,
  }));
  const [first = '', ...others] = PROVIDERS.map((provider) => provider.settings.apiKey.name);
  if ([first, ...others].every((name) => settings.text(name) === undefined)) {
    settings.addFault({
      name: first,
      wrong: `is not set, and neither is ${others.join(' or ')}, so no provider is on`,
      todo: 'Set at least one of them',
      isMissing: true,
    });
  }
  return Object.fromEntries(
    read.flatMap(({ id, apiKey, baseUrl }) =>
      apiKey === undefined ? [] : [[id, { apiKey, baseUrl }]],
    ),
  );
}
