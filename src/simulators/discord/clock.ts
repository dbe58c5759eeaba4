/** A clock that is ahead of the injected one by the sum of all advances. */
export interface VirtualClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly advance: (ms: number) => void;
}

export function createClock(now: () => number): VirtualClock {
  let advancedMs = 0;
  return {
    now: () => now() + advancedMs,
    advance(ms) {
      advancedMs += ms;
    },
  };
}
