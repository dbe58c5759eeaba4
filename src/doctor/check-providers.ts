import type { QueryOutcome } from '../app/ports/provider-port.ts';
import type { Config } from '../config/config.ts';
import { findSuspectAddresses } from '../config/provider-address.ts';
import type { SuspectAddress } from '../config/provider-address.ts';
import { findProvider } from '../domain/routes/catalogue.ts';
import { createOutbound } from '../outbound/outbound.ts';
import { createProvider } from '../providers/create-provider.ts';
import type { ProviderDescriptor } from '../providers/descriptor.ts';
import { createJsonClient } from '../providers/http-json.ts';
import type { JsonClientOptions } from '../providers/http-json.ts';
import { parseJson } from '../providers/read-answer.ts';
import { CATALOGUE, PROVIDERS } from '../providers/registry.ts';
import { fault, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';

/** A task id that no provider gives; asking for it costs nothing. */
const NO_TASK = 'clapper-doctor-no-such-task';

/** How a provider is asked. */
type Settings = Pick<JsonClientOptions, 'apiKey' | 'baseUrl' | 'connect'>;

/** Checks whether each provider that is on accepts its key, and reads its balance. */
export async function checkProviders(
  config: Pick<Config, 'providers' | 'proxies' | 'trustedMediaHosts'>,
): Promise<Finding[]> {
  const { toConfigured: connect } = createOutbound(config);
  const findings = await Promise.all(
    PROVIDERS.flatMap((provider) => {
      const settings = config.providers[provider.id];
      return settings === undefined
        ? []
        : [
            checkKey(provider, { ...settings, connect }),
            checkBalance(provider, { ...settings, connect }),
          ];
    }),
  );
  return [
    ...findSuspectAddresses(config).map(addressFinding),
    ...findings.filter((finding) => finding !== undefined),
  ];
}

function addressFinding({ provider, name, redundantPath, instead }: SuspectAddress): Finding {
  return fault(
    `${findProvider(CATALOGUE, provider)?.name ?? provider} address`,
    `${name} ends with ${redundantPath}, which the bot adds itself`,
    `Set ${name} to ${instead}, or leave it out for the default`,
  );
}

/** It makes no video, so it needs no copies. */
const NO_MEDIA = { read: async () => undefined };

async function checkKey(descriptor: ProviderDescriptor, settings: Settings): Promise<Finding> {
  const provider = createProvider(descriptor, { ...settings, media: NO_MEDIA });
  try {
    return keyFinding(descriptor, await provider.query(NO_TASK, new AbortController().signal));
  } finally {
    await provider.close();
  }
}

/** Only the provider's own "no such task" proves that it is there and accepted the key. */
function keyFinding(descriptor: ProviderDescriptor, answer: QueryOutcome): Finding {
  const { name: about, settings } = descriptor;
  switch (answer.kind) {
    case 'missing':
      return ok(about, 'answers and accepts the key');
    case 'busy':
      return warning(about, `is busy (${answer.detail})`, 'Try again later');
    case 'pending':
    case 'finished':
    case 'failed':
      return warning(
        about,
        'reports a task that was never made, so it is not clear whether it accepts the key',
        `Check that ${settings.address.name} is the provider's own address`,
      );
    case 'fault':
      return faultFinding(descriptor, answer);
  }
}

function faultFinding(
  { name: about, settings }: ProviderDescriptor,
  { fault: kind, detail }: Extract<QueryOutcome, { kind: 'fault' }>,
): Finding {
  switch (kind) {
    case 'unauthorized':
      return fault(
        about,
        `refuses the key (${detail})`,
        `Copy ${settings.apiKey.name} again from the provider's console`,
      );
    case 'wrong-address':
      return fault(
        about,
        `is not at this address: the path of its API does not exist there (${detail})`,
        `Set ${settings.address.name} to the address without any path, or leave it out for the default`,
      );
    case 'bad-response':
      return fault(
        about,
        `does not answer as this provider does; another server may be at this address (${detail})`,
        `Check ${settings.address.name}, and whether a proxy or a log-in page answers in its place`,
      );
    case 'unavailable':
      if (detail.includes(PROXY_CODE)) return behindProxyFault(about, detail);
      return fault(
        about,
        `does not answer as it should (${detail})`,
        `Check the network, and ${settings.address.name} where it is set; else try again later`,
      );
  }
}

/** How the codes of connections through a proxy begin. */
const PROXY_CODE = 'PROXY_';

function behindProxyFault(about: string, detail: string): Finding {
  return fault(
    about,
    `cannot be reached through the proxy (${detail})`,
    'Check HTTPS_PROXY, ALL_PROXY and what that proxy allows, or name the host in NO_PROXY',
  );
}

/** `undefined` where the provider does not say. */
async function checkBalance(
  { name, balance }: ProviderDescriptor,
  settings: Settings,
): Promise<Finding | undefined> {
  if (balance === undefined) return undefined;
  const client = createJsonClient(settings);
  try {
    const result = await client.get(balance.path, new AbortController().signal);
    if (result.kind !== 'answer' || result.body.kind !== 'text') return undefined;
    const left = balance.read(parseJson(result.body.text));
    if (left === undefined) return undefined;
    const about = `${name} balance`;
    return left.isSpent ? fault(about, left.text, 'Top the account up') : ok(about, left.text);
  } finally {
    await client.close();
  }
}
