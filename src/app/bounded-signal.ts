interface BoundedSignal {
  readonly signal: AbortSignal;
  /** Frees the timer and lets go of the sources. */
  readonly release: () => void;
}

interface TimeLimit {
  readonly ms: number;
  /** What the signal is aborted with at the limit. */
  readonly reason: () => Error;
}

/**
 * A signal of its own for one piece of work: it follows the given ones, with their reasons, and ends
 * with a time limit where there is one. Not AbortSignal.any: on Node 20 it keeps the followers of a
 * long-lived source in memory.
 */
export function boundedSignal(sources: readonly AbortSignal[], limit?: TimeLimit): BoundedSignal {
  const controller = new AbortController();
  const followed = sources.map((source) => {
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
      for (const { source, stop } of followed) source.removeEventListener('abort', stop);
    },
  };
}
