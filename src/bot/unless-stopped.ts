/** Waits for something that may take long, but not beyond the wish to stop: then it rejects. */
export async function unlessStopped<T>(work: Promise<T>, stopping: AbortSignal): Promise<T> {
  stopping.throwIfAborted();
  let stop: (() => void) | undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = (): void => {
      reject(new Error('stopped while it started'));
    };
    stopping.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    if (stop !== undefined) stopping.removeEventListener('abort', stop);
  }
}
