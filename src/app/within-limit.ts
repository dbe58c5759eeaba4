import type { Clock } from './ports/core.ts';

/**
 * Resolves with the result of the work, or with `late` if it takes longer than the limit. The work
 * goes on either way.
 */
export async function withinLimit<T>(
  clock: Pick<Clock, 'after'>,
  limitMs: number,
  work: Promise<T>,
): Promise<T | 'late'> {
  let cancel: (() => void) | undefined;
  const late = new Promise<'late'>((resolve) => {
    cancel = clock.after(limitMs, () => resolve('late'));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel?.();
  }
}
