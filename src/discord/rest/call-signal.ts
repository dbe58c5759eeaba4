import { boundedSignal } from '../../app/bounded-signal.ts';

/**
 * Runs a call with its own signal that follows a long-lived one, because discord.js's REST adds a
 * listener to the signal and never removes it.
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
