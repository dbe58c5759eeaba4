import { MINUTE_MS } from '../domain/time-units.ts';
import { isAboutAccount } from '../domain/tasks/provider-rejection.ts';
import type { Clock, Log } from './ports/core.ts';
import type { ProviderPauses } from './ports/provider-pauses-port.ts';

/** How long a provider is paused after it rejects the key or its balance is used up. */
const PAUSE_MS = 5 * MINUTE_MS;

/** Creates the pauses, kept in memory. */
export function createProviderPauses(clock: Clock, log: Log): ProviderPauses {
  /**
   * In milliseconds of the monotonic clock: if the time is set back, the pause must not last for a
   * day.
   */
  const pausedUntil = new Map<string, number>();
  const untilOf = (provider: string): number | undefined => {
    const left = (pausedUntil.get(provider) ?? 0) - clock.elapsed();
    return left > 0 ? clock.now() + left : undefined;
  };
  return {
    pauseOnAccountRefusal(provider, category) {
      if (!isAboutAccount(category)) return false;
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
