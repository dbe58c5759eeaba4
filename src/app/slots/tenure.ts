import { createStopSignal } from '../stop-signal.ts';
import type { OwnershipSource, Tenure } from '../ports/ownership-port.ts';

/** A tenure with what its holder does to it. */
export interface OwnTenure extends Tenure {
  /** The slot is lost: at once. */
  lose(): void;
  /** The slot was handed over. */
  end(): void;
  /** Whether no work runs in it, or the slot is lost. */
  isIdle(): boolean;
  /** Resolves when that may be so. */
  idle(): Promise<void>;
}

/** Creates the tenure of a slot that has been taken. */
export function createTenure({ isValidFor }: Pick<OwnershipSource, 'isValidFor'>): OwnTenure {
  const losing = createStopSignal();
  const running = new Set<Promise<unknown>>();
  let isOver = false;
  const untilLost = new Promise<void>((resolve) => {
    losing.signal.addEventListener('abort', () => {
      resolve();
    });
  });
  const untilIdle = async (): Promise<void> => {
    // Work may begin other work.
    while (running.size > 0) await Promise.allSettled(running);
  };
  return {
    mayAct: (forMs = 0) => !isOver && isValidFor(forMs),
    isOver: () => isOver,
    lost: losing.signal,
    async during(work) {
      const run = work();
      const ended = run.then(
        () => undefined,
        () => undefined,
      );
      running.add(ended);
      try {
        return await run;
      } finally {
        running.delete(ended);
      }
    },
    lose() {
      isOver = true;
      losing.abort();
    },
    end() {
      isOver = true;
    },
    isIdle: () => running.size === 0 || losing.signal.aborted,
    idle: async () => Promise.race([untilIdle(), untilLost]),
  };
}
