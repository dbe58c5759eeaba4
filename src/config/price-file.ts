import { parsePriceList, type PriceList } from '../domain/ledger/price-list.ts';
import type { ProviderId } from '../domain/routes/provider-traits.ts';
import type { Route } from '../domain/routes/route.ts';
import type { ConfigFault } from './config-fault.ts';
import { readJsonFile } from './read-json-file.ts';
import type { ReadText } from './read-json-file.ts';

const SETTING = { name: 'PRICES_FILE', default: 'prices.json', without: 'prices' };

interface PriceFile {
  readonly list?: PriceList;
  readonly faults: readonly ConfigFault[];
}

/** What a price list may name. */
interface Priceable {
  readonly routes: readonly Route[];
  /** Providers whose routes are not known yet. */
  readonly listing?: readonly ProviderId[];
}

/** Reads the price list: the configured file, which must exist, or else the default file if it exists. */
export function readPriceFile(
  configuredPath: string | undefined,
  readText: ReadText,
  { routes, listing = [] }: Priceable,
): PriceFile {
  const file = readJsonFile(SETTING, configuredPath, readText);
  if (file.kind === 'absent') return { faults: [] };
  if (file.kind === 'fault') return { faults: [file.fault] };
  const parsed = parsePriceList(file.json, routes, listing);
  if (parsed.ok) return { list: parsed.list, faults: [] };
  return {
    faults: parsed.faults.map((problem) => ({
      name: SETTING.name,
      problem: `${file.quotedPath}: ${problem.path} ${problem.message}`,
      advice: 'Correct the file',
    })),
  };
}
