import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { PAGE_FOLDER, startPlayground } from './start-playground.ts';
import type { Playground } from './start-playground.ts';
import { errorCode } from '../../domain/error-code.ts';

/** Where the page is looked for first, so that a bookmark goes on working. */
export const USUAL_PORT = 4173;
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs the playground until somebody stops it; resolves with the exit code. */
export async function runPlayground(
  port: number | undefined,
  say: (text: string) => void,
): Promise<number> {
  await checkPage();
  const stopped = untilStopped();
  say('Starting the bot against a Discord and providers on this machine …');
  const starting = open(port, (cause) => say(`The playground failed: ${String(cause)}`));
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
      say(
        `\n  ${playground.url}\n\nOpen this address in a browser. Ctrl-C ends it and leaves nothing behind.`,
      );
      await stopped;
    }
    await playground.close();
  } catch (cause) {
    // Ctrl-C reaches the bot as well: that it ended while it started is then no fault.
    if (!isStopped) throw cause;
  }
  return 0;
}

/** The usual port, or any other where somebody has it; a port that was named, or none. */
async function open(
  port: number | undefined,
  onFault: (cause: unknown) => void,
): Promise<Playground> {
  try {
    return await startPlayground({ port: port ?? USUAL_PORT, onFault });
  } catch (cause) {
    if (!isPortTaken(cause)) throw cause;
    if (port === undefined) return startPlayground({ onFault });
    throw new Error(`port ${port} cannot be had; name another with --port, or none`, { cause });
  }
}

function isPortTaken(cause: unknown): boolean {
  const code = errorCode(cause);
  return code === 'EADDRINUSE' || code === 'EACCES';
}

/** Heard once: a second signal ends the process at once. */
async function untilStopped(): Promise<true> {
  const heard = new AbortController();
  await Promise.race(STOP_SIGNALS.map((name) => once(process, name, { signal: heard.signal })));
  heard.abort();
  return true;
}

async function checkPage(): Promise<void> {
  try {
    await access(join(PAGE_FOLDER, 'index.html'));
  } catch (cause) {
    throw new Error('the page is not built; npm run sandbox builds it', { cause });
  }
}
