import type { ProviderPort } from '../app/ports/provider-port.ts';
import { doubtAddresses } from '../config/provider-address.ts';
import type { ProviderId } from '../domain/routes/route.ts';
import { createAnyfastProvider } from '../providers/anyfast/adapter.ts';
import { createJimmyProvider } from '../providers/jimmy/adapter.ts';
import type { BotContext } from './bot-context.ts';

const ADAPTERS = { jimmy: createJimmyProvider, anyfast: createAnyfastProvider } as const;

/** Creates the providers whose keys are set. */
export function openProviders({
  config,
  resources,
  log,
}: Pick<BotContext, 'config' | 'resources' | 'log'>): ReadonlyMap<ProviderId, ProviderPort> {
  for (const { name, tooMuch, instead } of doubtAddresses(config)) {
    log.warn(
      { setting: name, tooMuch, instead },
      "a provider's address ends with a path that the bot adds itself, so requests will fail; set it to the value of `instead`",
    );
  }
  const providers = new Map<ProviderId, ProviderPort>();
  for (const id of ['jimmy', 'anyfast'] as const) {
    const settings = config.providers[id];
    if (settings === undefined) continue;
    const provider = ADAPTERS[id](settings);
    resources.own(id, async () => provider.close());
    providers.set(id, provider);
  }
  return providers;
}
