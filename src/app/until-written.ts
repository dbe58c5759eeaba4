import { backoffMs } from '../domain/tasks/policy.ts';
import { pause } from './pause.ts';
import type { Clock } from './ports/core.ts';

const BACKOFF = { firstMs: 50, maxMs: 5000 };

interface UntilWrittenOptions {
  readonly clock: Pick<Clock, 'after'>;
  /** Ends the tries. */
  readonly signal: AbortSignal;
  /** Random numbers in [0, 1). */
  readonly random: () => number;
  readonly onFault: (cause: unknown, tries: number) => void;
}

/**
 * Writes what is known nowhere else, such as an id that a provider gave: retries until it is written.
 * Throws once the signal is aborted.
 */
export async function untilWritten<T>(
  write: () => Promise<T>,
  { clock, signal, random, onFault }: UntilWrittenOptions,
): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await write();
    } catch (cause) {
      if (signal.aborted) throw cause;
      onFault(cause, tries);
      await pause(clock, backoffMs(BACKOFF, tries, random), signal);
    }
  }
}
