import { parsePriceList, type PriceList } from '../domain/ledger/price-list.ts';
import { CATALOGUE } from '../providers/registry.ts';
import type { ConfigFault } from './config-fault.ts';
import { errorCode } from '../domain/error-code.ts';

const NAME = 'PRICES_FILE';
const DEFAULT_PATH = 'prices.json';

/** The text of a file, or undefined where there is none; throws where it cannot be read. */
export type ReadText = (path: string) => string | undefined;

interface PriceFile {
  readonly list?: PriceList;
  readonly faults: readonly ConfigFault[];
}

/** Reads the price list: the named file, which must be there, else the usual one where it exists. */
export function readPriceFile(named: string | undefined, readText: ReadText): PriceFile {
  const path = named ?? DEFAULT_PATH;
  const place = JSON.stringify(path);
  let text: string | undefined;
  try {
    text = readText(path);
  } catch (error) {
    const code = errorCode(error) ?? 'unknown fault';
    return fault(`${place} cannot be read (${code})`, 'Make it a file that the bot may read');
  }
  if (text === undefined) {
    if (named === undefined) return { faults: [] };
    return fault(
      `${place} does not exist`,
      'Correct the path, or leave it out to go without prices',
    );
  }

  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return fault(`${place} is no JSON${lineOf(error, text)}`, 'Correct the file');
  }
  const parsed = parsePriceList(json, CATALOGUE.routes);
  if (parsed.ok) return { list: parsed.list, faults: [] };
  return {
    faults: parsed.faults.map((wrong) => ({
      name: NAME,
      wrong: `${place}: ${wrong.path} ${wrong.message}`,
      todo: 'Correct the file',
    })),
  };
}

function fault(wrong: string, todo: string): PriceFile {
  return { faults: [{ name: NAME, wrong, todo }] };
}

/** The position alone: the engine's own message quotes the file, which may be another one by mistake. */
function lineOf(error: unknown, text: string): string {
  const [, position] = /at position (\d+)/.exec(String(error)) ?? [];
  if (position === undefined) return '';
  return ` (line ${text.slice(0, Number(position)).split('\n').length})`;
}
