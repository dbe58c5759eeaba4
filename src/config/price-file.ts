import { parsePriceList, type PriceList } from '../domain/ledger/price-list.ts';
import type { Route } from '../domain/routes/route.ts';
import type { ConfigFault } from './config-fault.ts';
import { errorCode } from '../domain/error-code.ts';

const NAME = 'PRICES_FILE';
const DEFAULT_PATH = 'prices.json';

/** Reads the text of a file; `undefined` when it does not exist. Throws if it cannot be read. */
export type ReadText = (path: string) => string | undefined;

interface PriceFile {
  readonly list?: PriceList;
  readonly faults: readonly ConfigFault[];
}

/**
 * Reads the price list for `routes`: the configured file, which must exist, or else the default file
 * if it exists.
 */
export function readPriceFile(
  configuredPath: string | undefined,
  readText: ReadText,
  routes: readonly Route[],
): PriceFile {
  const path = configuredPath ?? DEFAULT_PATH;
  const quotedPath = JSON.stringify(path);
  let text: string | undefined;
  try {
    text = readText(path);
  } catch (error) {
    const code = errorCode(error) ?? 'unknown fault';
    return fault(`${quotedPath} cannot be read (${code})`, 'Make it a file that the bot may read');
  }
  if (text === undefined) {
    if (configuredPath === undefined) return { faults: [] };
    return fault(
      `${quotedPath} does not exist`,
      'Correct the path, or leave it out to go without prices',
    );
  }

  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return fault(`${quotedPath} is no JSON${lineOf(error, text)}`, 'Correct the file');
  }
  const parsed = parsePriceList(json, routes);
  if (parsed.ok) return { list: parsed.list, faults: [] };
  return {
    faults: parsed.faults.map((problem) => ({
      name: NAME,
      problem: `${quotedPath}: ${problem.path} ${problem.message}`,
      advice: 'Correct the file',
    })),
  };
}

function fault(problem: string, advice: string): PriceFile {
  return { faults: [{ name: NAME, problem, advice }] };
}

/** The line of a syntax error. The engine's message is not used: it quotes the file, which may be the wrong one. */
function lineOf(error: unknown, text: string): string {
  const [, position] = /at position (\d+)/.exec(String(error)) ?? [];
  if (position === undefined) return '';
  return ` (line ${text.slice(0, Number(position)).split('\n').length})`;
}
