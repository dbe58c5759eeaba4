import { nothing } from './deferred.ts';

/** Waits by events; the backstop is the only real timer and exists to end a test that is wrong. */
export interface Wait<Found> {
  /** Calls `check` whenever something may have changed; returns the end of that. */
  readonly subscribe: (check: () => void) => () => void;
  /** The answer, or undefined for not yet. */
  readonly probe: () => Found | undefined;
  /** What to say when it never came. */
  readonly describe: () => string;
  /** Real milliseconds. */
  readonly backstopMs: number;
}

export async function waitUntil<Found>(wait: Wait<Found>): Promise<Found> {
  return await new Promise<Found>((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`not within ${wait.backstopMs} ms: ${wait.describe()}`));
    }, wait.backstopMs);
    // A forgotten wait keeps no process alive.
    timer.unref();
    let stop = nothing;
    const check = (): void => {
      try {
        const found = wait.probe();
        if (found !== undefined) {
          stop();
          clearTimeout(timer);
          resolve(found);
        }
      } catch (error) {
        stop();
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    stop = wait.subscribe(check);
    check();
  });
}
