import { noop } from './deferred.ts';

/** A condition to wait for. It is checked at events; the backstop is the only real timer. */
export interface Wait<Found> {
  /** Calls `check` whenever the result may have changed; returns a function that unsubscribes. */
  readonly subscribe: (check: () => void) => () => void;
  /** Returns the result, or `undefined` while there is none. */
  readonly probe: () => Found | undefined;
  /** Describes the awaited condition in the timeout error. */
  readonly describe: () => string;
  /** Real milliseconds. */
  readonly backstopMs: number;
}

/** Resolves when the probe returns a result; rejects when it throws or the backstop passes. */
export async function waitUntil<Found>(wait: Wait<Found>): Promise<Found> {
  return await new Promise<Found>((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`not within ${wait.backstopMs} ms: ${wait.describe()}`));
    }, wait.backstopMs);
    // A wait that is never awaited must not keep the process alive.
    timer.unref();
    let stop = noop;
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
