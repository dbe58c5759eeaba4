import type { ProviderPort } from '../app/ports/provider-port.ts';
import { findSuspectAddresses } from '../config/provider-address.ts';
import type { ProviderId } from '../domain/routes/provider-traits.ts';
import type { Outbound } from '../outbound/outbound.ts';
import { createProvider } from '../providers/create-provider.ts';
import type { BotContext } from './bot-context.ts';
import type { Media } from './open-media.ts';

type OpeningContext = Pick<BotContext, 'config' | 'descriptors' | 'resources' | 'log'>;

/** The providers that are on. */
export function openProviders(
  { config, descriptors, resources, log }: OpeningContext,
  { copies, fetchFile, lastFrames }: Pick<Media, 'copies' | 'fetchFile' | 'lastFrames'>,
  outbound: Outbound,
): ReadonlyMap<ProviderId, ProviderPort> {
  for (const { name, redundantPath, instead } of findSuspectAddresses(config)) {
    log.warn(
      { setting: name, tooMuch: redundantPath, instead },
      "a provider's address ends with a path that the bot adds itself, so requests will fail; set it to the value of `instead`",
    );
  }
  const providers = new Map<ProviderId, ProviderPort>();
  for (const descriptor of descriptors) {
    const { id } = descriptor;
    const settings = config.providers[id];
    if (settings === undefined) continue;
    const provider = createProvider(descriptor, {
      ...settings,
      taskTimeoutMs: config.taskTimeoutMs,
      mayContinue: () => lastFrames.isKeeping,
      media: copies,
      fetchFile,
      connect: outbound.toConfigured,
    });
    resources.own(id, async () => provider.close());
    providers.set(id, provider);
  }
  return providers;
}
