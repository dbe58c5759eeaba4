import type { ProviderDescriptor } from './descriptor.ts';
import type { Price } from '../domain/ledger/price.ts';

/** One thing wrong with a file, and where: `servers[0].models[1].seconds.max`. */
export interface FileFault {
  readonly path: string;
  readonly message: string;
}

/** A provider that a file of the operator declares; it is on. */
export interface DeclaredProvider {
  readonly descriptor: ProviderDescriptor;
  readonly apiKey?: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** What it costs, by price key; a price without a currency is in the price list's. */
  readonly prices: readonly (readonly [key: string, price: DeclaredPrice])[];
}

export type DeclaredPrice = Omit<Price, 'rate' | 'currency'> & {
  readonly currency?: string | undefined;
};

/** The providers of a file, or everything that is wrong with it. */
type ReadProviders =
  | { readonly ok: true; readonly providers: readonly DeclaredProvider[] }
  | { readonly ok: false; readonly faults: readonly FileFault[] };

/** A kind of providers that a file of the operator declares. */
export interface ProviderFile {
  /** The setting that names the file, and the file that is read where it exists. */
  readonly setting: { readonly name: string; readonly default: string };
  /** Reads the parsed JSON. `others`: the providers whose ids and names are taken. */
  readonly read: (
    json: unknown,
    others: readonly Pick<ProviderDescriptor, 'id' | 'name'>[],
  ) => ReadProviders;
}
