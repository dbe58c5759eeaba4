/** A signal that ends with a time limit or with any of the given ones; `clear` lets go of them. */
export interface Deadline {
  readonly signal: AbortSignal;
  clear(): void;
}

/** Not AbortSignal.any: on Node 20 it keeps a long-lived source's followers in memory. */
export function startDeadline(ms: number, sources: readonly AbortSignal[]): Deadline {
  const controller = new AbortController();
  const stop = (): void => controller.abort(reason('ABORTED'));
  const timer = setTimeout(() => controller.abort(reason('TIMED_OUT')), ms);
  for (const source of sources) {
    if (source.aborted) stop();
    else source.addEventListener('abort', stop, { once: true });
  }
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer);
      for (const source of sources) source.removeEventListener('abort', stop);
    },
  };
}

function reason(code: 'ABORTED' | 'TIMED_OUT'): Error {
  return Object.assign(new Error('the request was given up'), { code });
}

/** Gives up waiting at the abort, even where the work itself notices it late (while connecting). */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
