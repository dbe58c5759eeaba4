import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { STARTING } from '../starting.ts';
import { PAGE_FOLDER, startPlayground } from './start-playground.ts';
import type { Playground } from './start-playground.ts';
import { errorCode } from '../../domain/error-code.ts';

/** The preferred port, always the same so that bookmarks keep working. */
export const DEFAULT_PORT = 4173;
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs the playground until a stop signal; resolves with the exit code. */
export async function runPlayground(
  port: number | undefined,
  print: (text: string) => void,
): Promise<number> {
  await assertPageIsBuilt();
  const stopped = waitForStopSignal();
  print(STARTING);
  const starting = startOnPort(port, print);
  const isStopped = await Promise.race([
    stopped,
    starting.then(
      () => false,
      () => false,
    ),
  ]);
  try {
    const playground = await starting;
    if (!isStopped) {
      print(
        `\n  ${playground.url}\n\nOpen this link in a browser. Press Ctrl-C to stop; nothing is left behind.`,
      );
      await stopped;
    }
    await playground.close();
  } catch (cause) {
    // Ctrl-C also stops the bot, so a failed start is then no error.
    if (!isStopped) throw cause;
  }
  return 0;
}

/** Starts on the given port. Without one, tries the default port, then any free port. */
async function startOnPort(
  port: number | undefined,
  print: (text: string) => void,
): Promise<Playground> {
  const onError = (cause: unknown): void => print(`The sandbox failed: ${String(cause)}`);
  try {
    return await startPlayground({ port: port ?? DEFAULT_PORT, onError });
  } catch (cause) {
    if (!isPortTaken(cause)) throw cause;
    if (port !== undefined) throw new Error(takenText(port, cause), { cause });
    print(`Port ${DEFAULT_PORT} is in use; taking another one.`);
    return startPlayground({ onError });
  }
}

function takenText(port: number, cause: unknown): string {
  const why = errorCode(cause) === 'EACCES' ? 'needs more rights' : 'is in use';
  return `Port ${port} ${why}; choose another with --port, or omit it.`;
}

function isPortTaken(cause: unknown): boolean {
  const code = errorCode(cause);
  return code === 'EADDRINUSE' || code === 'EACCES';
}

/** Waits for the first stop signal; a second one ends the process as usual. */
async function waitForStopSignal(): Promise<true> {
  const waiting = new AbortController();
  await Promise.race(STOP_SIGNALS.map((name) => once(process, name, { signal: waiting.signal })));
  waiting.abort();
  return true;
}

async function assertPageIsBuilt(): Promise<void> {
  try {
    await access(join(PAGE_FOLDER, 'index.html'));
  } catch (cause) {
    throw new Error('The page is not built yet; start it with npm run sandbox, which builds it.', {
      cause,
    });
  }
}
