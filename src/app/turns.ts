import type { Clock } from './ports/core.ts';

/** What work whose cost grows with the store may take from everything else. */
export interface TurnLimits {
  /** How many works run at once over all owners. Of one owner, one. */
  readonly atOnce: number;
  /** How many works of one owner may run or wait; the next one is `full`. */
  readonly perOwner: number;
  /** How long a work waits for its turn before it is `late`, in milliseconds. */
  readonly maxWaitMs: number;
}

/** Only `done` says that the work was begun. */
type Turn<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'full' }
  | { readonly kind: 'late' };

/** Admits work by its owner: the id of a server or a member. */
export interface Turns {
  /** Runs the work when its turn comes. Rejects only if the work does. */
  run<T>(owner: string, work: () => Promise<T>): Promise<Turn<T>>;
}

type Start = () => void;

/**
 * Owners take turns, and each one's works run in their order: however much one server asks for,
 * another one waits for a single work of it.
 */
export function createTurns(
  clock: Pick<Clock, 'after'>,
  { atOnce, perOwner, maxWaitMs }: TurnLimits,
): Turns {
  const admitted = new Map<string, number>();
  const running = new Set<string>();
  /** The owners in the order in which they are served. */
  const waiting = new Map<string, Set<Start>>();

  function startNext(): void {
    for (const [owner, starts] of waiting) {
      if (running.size >= atOnce) return;
      if (running.has(owner)) continue;
      const [start] = starts;
      waiting.delete(owner);
      if (start === undefined) continue;
      starts.delete(start);
      // Behind everyone else.
      if (starts.size > 0) waiting.set(owner, starts);
      running.add(owner);
      start();
    }
  }

  /** Resolves with whether the turn came in time. */
  async function turnOf(owner: string): Promise<boolean> {
    return new Promise((resolve) => {
      const start = (): void => {
        cancel();
        resolve(true);
      };
      const cancel = clock.after(maxWaitMs, () => {
        if (waiting.get(owner)?.delete(start) === true) resolve(false);
      });
      const others = waiting.get(owner) ?? new Set<Start>();
      waiting.set(owner, others.add(start));
      startNext();
    });
  }

  function leave(owner: string): void {
    const left = (admitted.get(owner) ?? 0) - 1;
    if (left > 0) admitted.set(owner, left);
    else admitted.delete(owner);
  }

  return {
    async run(owner, work) {
      const others = admitted.get(owner) ?? 0;
      if (others >= perOwner) return { kind: 'full' };
      admitted.set(owner, others + 1);
      try {
        if (!(await turnOf(owner))) return { kind: 'late' };
        try {
          return { kind: 'done', value: await work() };
        } finally {
          running.delete(owner);
          startNext();
        }
      } finally {
        leave(owner);
      }
    },
  };
}
