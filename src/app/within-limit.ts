import type { Clock } from './ports/core.ts';

/** What the work comes to, or `late` where it takes longer than the limit; it goes on all the same. */
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
