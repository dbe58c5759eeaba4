import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
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
  print('Starting the bot against a Discord and providers on this machine …');
  const starting = startOnPort(port, (cause) => print(`The playground failed: ${String(cause)}`));
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
        `\n  ${playground.url}\n\nOpen this address in a browser. Ctrl-C ends it and leaves nothing behind.`,
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
  onError: (cause: unknown) => void,
): Promise<Playground> {
  try {
    return await startPlayground({ port: port ?? DEFAULT_PORT, onError });
  } catch (cause) {
    if (!isPortTaken(cause)) throw cause;
    if (port === undefined) return startPlayground({ onError });
    throw new Error(`port ${port} cannot be had; name another with --port, or none`, { cause });
  }
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
    throw new Error('the page is not built; npm run sandbox builds it', { cause });
  }
}
