import { checkAddress } from '../outbound/address-rules.ts';
import type { AddressFault } from '../outbound/address-rules.ts';
import type { DeclaredProvider, ProviderFile } from '../providers/provider-file.ts';
import { PROVIDERS, PROVIDER_FILES } from '../providers/registry.ts';
import type { TrustedMediaHost } from './config.ts';
import type { ConfigFault } from './config-fault.ts';
import { readJsonFile } from './read-json-file.ts';
import type { ReadText } from './read-json-file.ts';

/** The names of the settings that name such files, in the order of the documentation. */
export const PROVIDER_FILE_NAMES: readonly string[] = PROVIDER_FILES.map(
  ({ setting }) => setting.name,
);

interface DeclaredProviders {
  readonly providers: readonly DeclaredProvider[];
  readonly faults: readonly ConfigFault[];
}

interface Sources {
  readonly readText: ReadText;
  readonly trustedHosts: readonly TrustedMediaHost[];
}

/** Reads the providers that files of the operator declare, or every fault of these files. */
export function readProviderFiles(
  texts: Readonly<Record<string, string>>,
  sources: Sources,
): DeclaredProviders {
  const read = PROVIDER_FILES.map((file) => readOne(file, texts[file.setting.name], sources));
  return {
    providers: read.flatMap(({ providers }) => providers),
    faults: read.flatMap(({ faults }) => faults),
  };
}

function readOne(
  { setting, read }: ProviderFile,
  configuredPath: string | undefined,
  { readText, trustedHosts }: Sources,
): DeclaredProviders {
  const file = readJsonFile({ ...setting, without: 'it' }, configuredPath, readText);
  if (file.kind === 'absent') return { providers: [], faults: [] };
  if (file.kind === 'fault') return { providers: [], faults: [file.fault] };
  const result = read(file.json, PROVIDERS);
  if (!result.ok) {
    const faults = result.faults.map(({ path, message }) => ({
      name: setting.name,
      problem: `${file.quotedPath}: ${path} ${message}`,
      advice: 'Correct the file',
    }));
    return { providers: [], faults };
  }
  const { providers } = result;
  return { providers, faults: providers.flatMap((one) => addressFaults(one, trustedHosts)) };
}

/**
 * A server from which no result could be fetched, although the videos would be paid for: results are
 * fetched from private addresses, plain http and other ports only if that is allowed.
 */
function addressFaults(
  { descriptor, baseUrl }: DeclaredProvider,
  trustedHosts: readonly TrustedMediaHost[],
): ConfigFault[] {
  if (descriptor.results?.pathAfterTask === undefined) return [];
  const checked = checkAddress(baseUrl, trustedHosts);
  if (checked.ok) return [];
  return [
    {
      name: 'TRUSTED_MEDIA_HOSTS',
      problem: `does not have ${hostOf(baseUrl)}, from which ${descriptor.id}'s videos are fetched (${WORDS[checked.reason]})`,
      advice: `Add ${hostOf(baseUrl)} to it`,
    },
  ];
}

const WORDS: Readonly<Record<AddressFault, string>> = {
  'not-a-url': 'no address',
  scheme: 'plain http',
  credentials: 'with a password',
  port: 'another port than 443',
  'private-address': 'a private address',
};

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : 'its host';
}
