import { errorCode } from '../domain/error-code.ts';
import type { ConfigFault } from './config-fault.ts';

/** Reads the text of a file; `undefined` when it does not exist. Throws if it cannot be read. */
export type ReadText = (path: string) => string | undefined;

/** The content of a file, or nothing where the default file does not exist. */
type JsonFile =
  | { readonly kind: 'read'; readonly quotedPath: string; readonly json: unknown }
  | { readonly kind: 'absent' }
  | { readonly kind: 'fault'; readonly fault: ConfigFault };

/** A setting that names a file. */
interface FileSetting {
  readonly name: string;
  /** The file that is read where it exists and no other is named. */
  readonly default: string;
  /** What one goes without by leaving the setting out. */
  readonly without: string;
}

/** Reads the configured file, which must exist, or else the default file if it exists. */
export function readJsonFile(
  setting: FileSetting,
  configuredPath: string | undefined,
  readText: ReadText,
): JsonFile {
  const quotedPath = JSON.stringify(configuredPath ?? setting.default);
  const fault = (problem: string, advice: string): JsonFile => ({
    kind: 'fault',
    fault: { name: setting.name, problem: `${quotedPath} ${problem}`, advice },
  });
  let text: string | undefined;
  try {
    text = readText(configuredPath ?? setting.default);
  } catch (error) {
    const code = errorCode(error) ?? 'unknown fault';
    return fault(`cannot be read (${code})`, 'Make it a file that the bot may read');
  }
  if (text === undefined) {
    return configuredPath === undefined
      ? { kind: 'absent' }
      : fault(
          'does not exist',
          `Correct the path, or leave it out to go without ${setting.without}`,
        );
  }
  try {
    return { kind: 'read', quotedPath, json: JSON.parse(text) };
  } catch (error) {
    return fault(`is no JSON${lineOf(error, text)}`, 'Correct the file');
  }
}

/** The line of a syntax error. The engine's message is not used: it quotes the file, which may be the wrong one. */
function lineOf(error: unknown, text: string): string {
  const [, position] = /at position (\d+)/.exec(String(error)) ?? [];
  if (position === undefined) return '';
  return ` (line ${text.slice(0, Number(position)).split('\n').length})`;
}
