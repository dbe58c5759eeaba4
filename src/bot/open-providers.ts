import type { ProviderPort } from '../app/provider-port.ts';
import type { Config } from '../config/config.ts';
import type { ProviderId } from '../domain/routes/route.ts';
import { createAnyfastProvider } from '../providers/anyfast/adapter.ts';
import { createJimmyProvider } from '../providers/jimmy/adapter.ts';
import type { Resources } from './resources.ts';

const ADAPTERS = { jimmy: createJimmyProvider, anyfast: createAnyfastProvider } as const;

/** The providers whose keys are set. */
export function openProviders(
  config: Config,
  resources: Resources,
): ReadonlyMap<ProviderId, ProviderPort> {
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
