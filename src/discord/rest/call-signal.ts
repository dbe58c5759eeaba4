/**
 * Runs a call with its own signal that follows a long-lived one, because discord.js's REST adds a
 * listener to the signal and never removes it.
 */
export async function withCallSignal<T>(
  source: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const own = new AbortController();
  const stop = (): void => {
    own.abort(source.reason);
  };
  if (source.aborted) stop();
  else source.addEventListener('abort', stop, { once: true });
  try {
    return await call(own.signal);
  } finally {
    source.removeEventListener('abort', stop);
  }
}
