import type { Clock } from '../../app/ports/core.ts';
import { remember } from '../../app/remember.ts';

/** Remembers ids for a while. */
export interface SeenIds {
  /** Whether the id is new; it is remembered from then on. */
  isNew(id: string): boolean;
}

/** Remembers each id for `keepMs`, and at most `max` of them, the newest. */
export function createSeenIds(
  clock: Pick<Clock, 'elapsed'>,
  { keepMs, max }: { readonly keepMs: number; readonly max: number },
): SeenIds {
  /** When each was seen, the oldest first. */
  const seen = new Map<string, number>();
  return {
    isNew(id) {
      const now = clock.elapsed();
      for (const [old, at] of seen) {
        if (now - at < keepMs) break;
        seen.delete(old);
      }
      if (seen.has(id)) return false;
      remember(seen, [id, now], max);
      return true;
    },
  };
}
