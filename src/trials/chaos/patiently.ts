import { setTimeout as wait } from 'node:timers/promises';

/** A server that was ended without care is back in seconds. */
const PATIENCE_MS = 30_000;
const AGAIN_MS = 100;

/** Does what reads from a server again, as long as the server is not there. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await work();
    } catch (cause) {
      if (Date.now() >= until) throw cause;
      await wait(AGAIN_MS);
    }
  }
}
