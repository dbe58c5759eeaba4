interface BoundedSignal {
  readonly signal: AbortSignal;
  /** Clears the timer and stops listening to the sources. */
  readonly release: () => void;
}

interface TimeLimit {
  readonly ms: number;
  /** Makes the abort reason at the limit. */
  readonly reason: () => Error;
}

/**
 * Creates a signal that aborts with the first of the sources, and with their reason, or at the time
 * limit if there is one. AbortSignal.any is not used: on Node 20 it keeps the followers of a
 * long-lived source in memory.
 */
export function boundedSignal(sources: readonly AbortSignal[], limit?: TimeLimit): BoundedSignal {
  const controller = new AbortController();
  const listeners = sources.map((source) => {
    const stop = (): void => controller.abort(source.reason);
    if (source.aborted) stop();
    else source.addEventListener('abort', stop, { once: true });
    return { source, stop };
  });
  const timer = limit && setTimeout(() => controller.abort(limit.reason()), limit.ms);
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer);
      for (const { source, stop } of listeners) source.removeEventListener('abort', stop);
    },
  };
}
