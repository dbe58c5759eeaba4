import { parseEnv } from 'node:util';
import type { ConfigFault } from './config-fault.ts';
import { errorCode, readTextFile } from './read-text-file.ts';
import type { Environment } from './setting-reader.ts';

interface MergedEnvironment {
  readonly env: Environment;
  readonly faults: readonly ConfigFault[];
}

/**
 * The environment with the lines of a file (`.env`) behind it, where there is one. A variable of
 * the environment wins, an empty one too: it switches a line of the file off.
 */
export function withEnvFile(env: Environment, path: string): MergedEnvironment {
  const fault = (wrong: string, todo: string): ConfigFault => ({ name: path, wrong, todo });

  let text: string | undefined;
  try {
    text = readTextFile(path);
  } catch (error) {
    const code = errorCode(error) ?? 'unknown fault';
    const todo = 'Make it a file that the bot may read, or remove it';
    return { env, faults: [fault(`cannot be read (${code})`, todo)] };
  }
  if (text === undefined) return { env, faults: [] };
  if (/[\0\uFFFD]/.test(text)) {
    return { env, faults: [fault('is not UTF-8 text', 'Save it as UTF-8')] };
  }

  const lines = parseEnv(text);
  // Node's parser joins a line without "=" to the next name, which then would seem not to be set.
  const isClean = Object.keys(lines).every((name) => /^[A-Za-z_][\w.-]*$/.test(name));
  const strayLine = fault(
    'has a line that is neither NAME=value nor a comment',
    'Correct the line, or begin it with #',
  );
  return { env: { ...lines, ...env }, faults: isClean ? [] : [strayLine] };
}
