import type { QueryOutcome } from '../app/ports/provider-port.ts';
import type { Config } from '../config/config.ts';
import { findSuspectAddresses } from '../config/provider-address.ts';
import type { SuspectAddress } from '../config/provider-address.ts';
import { createOutbound } from '../outbound/outbound.ts';
import { createProvider } from '../providers/create-provider.ts';
import type { ProviderDescriptor } from '../providers/descriptor.ts';
import { createJsonClient } from '../providers/http-json.ts';
import type { JsonClientOptions } from '../providers/http-json.ts';
import { parseJson } from '../providers/read-answer.ts';
import { behindProxy } from './behind-proxy.ts';
import { fault, ok, warning } from './finding.ts';
import type { Finding } from './finding.ts';
import { doctorTexts } from './texts.ts';

const texts = doctorTexts.provider;

/** A task id that no provider gives; asking for it costs nothing. */
const NO_TASK = 'clapper-doctor-no-such-task';

/** How a provider is asked. */
type Settings = Pick<JsonClientOptions, 'apiKey' | 'baseUrl' | 'connect'>;

/** Checks whether each provider that is on accepts its key, and reads its balance. */
export async function checkProviders(
  config: Pick<Config, 'descriptors' | 'providers' | 'proxies' | 'trustedMediaHosts'>,
): Promise<Finding[]> {
  const { toConfigured: connect } = createOutbound(config);
  const findings = await Promise.all(
    config.descriptors.flatMap((provider) => {
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

function addressFinding({ providerName, name, redundantPath, instead }: SuspectAddress): Finding {
  const about = texts.addressAbout(providerName);
  return fault(about, texts.redundantPath(name, redundantPath, instead));
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
      return ok(about, texts.accepted);
    case 'busy':
      return warning(about, texts.busy(answer.detail));
    case 'pending':
    case 'finished':
    case 'failed':
      return warning(about, texts.madeUp(settings.address.name));
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
      return fault(about, texts.refused(detail, settings.apiKey.name));
    case 'wrong-address':
      return fault(about, texts.wrongAddress(detail, settings.address.name));
    case 'bad-response':
      return fault(about, texts.otherServer(detail, settings.address.name));
    case 'unavailable':
      return fault(about, behindProxy(detail) ?? texts.unavailable(detail, settings.address.name));
  }
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
    const about = texts.balanceAbout(name);
    const { isSpent, text } = left;
    return isSpent ? fault(about, { text, advice: texts.topUp }) : ok(about, text);
  } finally {
    await client.close();
  }
}
