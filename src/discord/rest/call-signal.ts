import { boundedSignal } from '../../app/bounded-signal.ts';

/**
 * Runs a call with a signal of its own that follows a long-lived one: discord.js's REST adds a
 * listener to the signal it is given and never takes it away.
 */
export async function withCallSignal<T>(
  source: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { signal, release } = boundedSignal([source]);
  try {
    return await call(signal);
  } finally {
    release();
  }
}
