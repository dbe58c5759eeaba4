import { z } from 'zod';
import type { ProviderDescriptor } from '../providers/descriptor.ts';
import { PROVIDERS } from '../providers/registry.ts';
import { switchesOf } from '../providers/library/switches-of.ts';
import { baseUrl } from './address-settings.ts';
import type { Config } from './config.ts';
import type { ConfigFault } from './config-fault.ts';
import { modelIdsSetting } from './model-ids-setting.ts';
import { oneOf } from './number-settings.ts';
import { apiKey } from './secret-settings.ts';
import { faultsIn, problem } from './setting-text.ts';

const modelNames = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim()))
  .refine(
    (names) => names.every((name) => /^[\x21-\x7e]+$/.test(name)),
    problem('must be models of its list, divided by commas', 'Copy them from /models'),
  );

type Texts = Readonly<Record<string, string>>;

/** The names of all providers' settings, in the order of the documentation. */
export const PROVIDER_SETTING_NAMES: readonly string[] = PROVIDERS.flatMap((descriptor) => [
  descriptor.settings.apiKey.name,
  descriptor.settings.address.name,
  ...(descriptor.settings.models === undefined ? [] : [descriptor.settings.models.name]),
  ...switchesOf(descriptor),
  ...(descriptor.list === undefined ? [] : [descriptor.list.narrowedBy]),
]);

/** Settings of other programs that begin like a provider's. */
export const FOREIGN_PROVIDER_NAMES: readonly string[] = PROVIDERS.flatMap(
  ({ settings }) => settings.foreignNames ?? [],
);

/**
 * The first words of the providers' setting names, `ACME` of `ACME_API_KEY`, by which no other program
 * begins a name in the bot's own file.
 */
export const PROVIDER_PREFIXES: readonly string[] = PROVIDERS.filter(
  ({ settings }) => settings.foreignNames === undefined,
).map(prefixOf);

/** Those of them that other programs use as well. */
export const SHARED_PREFIXES: readonly string[] = PROVIDERS.filter(
  ({ settings }) => settings.isPrefixShared === true,
).map(prefixOf);

function prefixOf({ settings }: ProviderDescriptor): string {
  return settings.apiKey.name.split('_')[0] ?? '';
}

interface ProvidersResult {
  /** The providers that have a key. */
  readonly providers: Config['providers'];
  readonly faults: readonly ConfigFault[];
}

/**
 * Reads the settings of the providers whose keys are set. If there are none, that is a fault, unless
 * there are others.
 */
export function readProviders(texts: Texts, hasOthers: boolean): ProvidersResult {
  const read = PROVIDERS.map((descriptor) => {
    const { id, settings } = descriptor;
    const { apiKey: key, address } = settings;
    const schema = z.object({
      [key.name]: apiKey.optional(),
      [address.name]: baseUrl.prefault(address.default),
    });
    const { data, error } = schema.safeParse(texts);
    const switches = switchSchema(descriptor).safeParse(texts);
    const models = modelsSchema(descriptor).safeParse(texts);
    const listed = listedSchema(descriptor).safeParse(texts);
    return {
      id,
      key: data?.[key.name],
      url: data?.[address.name],
      libraries: librariesOn(descriptor, switches.data ?? {}),
      models: models.data?.[settings.models?.name ?? ''],
      listedModels: listed.data?.[descriptor.list?.narrowedBy ?? ''],
      errors: [error, models.error, switches.error, listed.error],
    };
  });
  return {
    providers: Object.fromEntries(
      read.flatMap(({ id, key: apiKeyOf, url, libraries, models, listedModels }) => {
        if (apiKeyOf === undefined || url === undefined) return [];
        const chosen = { ...(models && { models }), ...(listedModels && { listedModels }) };
        return [[id, { apiKey: apiKeyOf, baseUrl: url, libraries, ...chosen }]];
      }),
    ),
    faults: [
      ...read
        .flatMap(({ errors }) => errors)
        .flatMap((error) => (error === undefined ? [] : faultsIn(error))),
      ...(hasOthers ? [] : missingProviders(texts)),
    ],
  };
}

function modelsSchema(descriptor: ProviderDescriptor) {
  const { models } = descriptor.settings;
  const setting = modelIdsSetting(descriptor).optional();
  return z.object(models === undefined ? {} : { [models.name]: setting });
}

/** The models that are wanted of a provider's own list. */
function listedSchema({ list }: ProviderDescriptor) {
  return z.object(list === undefined ? {} : { [list.narrowedBy]: modelNames.optional() });
}

function switchSchema(descriptor: ProviderDescriptor) {
  const isOn = oneOf(['on', 'off']).prefault('off');
  return z.object(Object.fromEntries(switchesOf(descriptor).map((name) => [name, isOn])));
}

function librariesOn(
  { libraries = [] }: ProviderDescriptor,
  switches: Readonly<Record<string, string>>,
): string[] {
  return libraries
    .filter(({ switchedBy }) => switchedBy === undefined || switches[switchedBy] === 'on')
    .map(({ name }) => name);
}

function missingProviders(texts: Texts): ConfigFault[] {
  const [first = '', ...others] = PROVIDERS.map(({ settings }) => settings.apiKey.name);
  if ([first, ...others].some((name) => Object.hasOwn(texts, name))) return [];
  return [
    {
      name: first,
      problem: `is not set, and neither is ${others.join(' or ')}, so no provider is on`,
      advice: 'Set at least one of them',
      isMissing: true,
    },
  ];
}
