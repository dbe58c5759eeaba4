import { MINUTE_MS } from '../domain/time-units.ts';
import type { RejectionCategory } from '../domain/tasks/provider-rejection.ts';
import type { Clock, Log } from './ports/core.ts';
import type { ProviderPauses } from './ports/provider-pauses-port.ts';

/** How long a provider that refuses the key or whose balance is spent is left alone. */
const PAUSE_MS = 5 * MINUTE_MS;

const PAUSING: ReadonlySet<RejectionCategory> = new Set(['unauthorized', 'balance-spent']);

export function createProviderPauses(clock: Clock, log: Log): ProviderPauses {
  /** By the clock that never goes back: one that is set back must not pause it for a day. */
  const pausedUntil = new Map<string, number>();
  const untilOf = (provider: string): number | undefined => {
    const left = (pausedUntil.get(provider) ?? 0) - clock.elapsed();
    return left > 0 ? clock.now() + left : undefined;
  };
  return {
    pauseOnAccountRefusal(provider, category) {
      if (!PAUSING.has(category)) return false;
      const isNew = untilOf(provider) === undefined;
      pausedUntil.set(provider, clock.elapsed() + PAUSE_MS);
      log.error(
        { provider, category, pausedForMs: PAUSE_MS },
        'provider refuses the account: paused for everybody; check its key and balance',
      );
      return isNew;
    },
    until: untilOf,
  };
}
