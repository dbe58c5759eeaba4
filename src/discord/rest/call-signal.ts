/**
 * Runs a call with a signal of its own that follows a long-lived one: discord.js's REST adds a
 * listener to the signal it is given and never takes it away.
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
