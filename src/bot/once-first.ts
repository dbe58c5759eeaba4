import type { Loop } from '../app/loop.ts';
import type { Clock } from '../app/ports/core.ts';
import type { Ownership } from '../app/ports/ownership-port.ts';
import { SECOND_MS } from '../domain/time-units.ts';

/** How often a process looks whether it has become the first one, in milliseconds. */
const LOOK_MS = SECOND_MS;

interface OnceFirstDeps {
  readonly clock: Pick<Clock, 'onceKnown' | 'after'>;
  readonly ownership: Pick<Ownership, 'isFirst'>;
}

/**
 * Does something once, which must not reject: as soon as the time is known and this process is the first
 * of those that share a store, at its start or when the one before it is gone. In a rolling update no
 * process is the first at its start.
 */
export function onceFirst(
  { clock, ownership }: OnceFirstDeps,
  work: (signal: AbortSignal) => Promise<void>,
): Loop {
  const stopping = new AbortController();
  let cancel: (() => void) | undefined;
  let working: Promise<void> | undefined;
  const look = (): void => {
    if (stopping.signal.aborted) return;
    if (ownership.isFirst()) working = work(stopping.signal);
    else cancel = clock.after(LOOK_MS, look);
  };
  clock.onceKnown(look);
  return {
    async stop() {
      stopping.abort();
      cancel?.();
      await working;
    },
  };
}
