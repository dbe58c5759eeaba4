import type { ProviderHold, ProviderShare } from '../../src/app/ports/provider-share-port.ts';

/** The shares of processes that hear each other at once; each has the places that `places` says. */
export function createShares(places: (process: number, limit: number) => number = (_, n) => n) {
  const heard: ((provider: string, hold: ProviderHold) => void)[] = [];
  const changed: (() => void)[] = [];
  const fits: ((processes: number) => boolean)[] = [];
  const known = new Map<string, ProviderHold>();
  const say = (provider: string, hold: ProviderHold): void => {
    for (const hear of heard) hear(provider, hold);
  };
  let count = 0;
  return {
    add(): ProviderShare {
      const process = count;
      count += 1;
      return {
        placesOf: (limit) => places(process, limit),
        foundCreates: () => undefined,
        processes: () => count,
        onChange: (then) => void changed.push(then),
        useFit: (fit) => void fits.push(fit),
        async report(provider, found) {
          const before = known.get(provider) ?? { pausedMs: 0, blockedMs: 0, busyMs: 0 };
          const pause = before.pausedMs > 0 ? before.pause : found.pause;
          const hold = { ...before, ...found, pause };
          known.set(provider, hold);
          say(provider, hold);
          return before.pausedMs === 0;
        },
        onReport: (then) => void heard.push(then),
      };
    },
    /** Says that places may have changed. */
    change(): void {
      for (const then of changed) then();
    },
    fits,
    say,
    /** What was reported last of a provider. */
    reported: (provider: string) => known.get(provider),
    /** Time has passed. */
    forget: (): void => known.clear(),
  };
}
