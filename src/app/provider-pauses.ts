import { MINUTE_MS } from '../domain/time-units.ts';
import { isAboutAccount } from '../domain/tasks/provider-rejection.ts';
import type { Clock, Log } from './ports/core.ts';
import type { ProviderPauses } from './ports/provider-pauses-port.ts';
import type { ProviderShare } from './ports/provider-share-port.ts';
import { SHARES_NOTHING } from './shares-nothing.ts';

/** How long a provider is paused after it rejects the key or its balance is used up. */
const PAUSE_MS = 5 * MINUTE_MS;

/** Creates the pauses, kept in memory; those of other processes count as well. */
export function createProviderPauses(
  clock: Clock,
  log: Log,
  share: Pick<ProviderShare, 'report' | 'onReport'> = SHARES_NOTHING,
): ProviderPauses {
  /**
   * In milliseconds of the monotonic clock: if the time is set back, the pause must not last for a
   * day.
   */
  const pausedUntil = new Map<string, number>();
  /** Providers whose pause is being reported to the others. */
  const reporting = new Set<string>();
  const untilOf = (provider: string): number | undefined => {
    const left = (pausedUntil.get(provider) ?? 0) - clock.elapsed();
    return left > 0 ? clock.now() + left : undefined;
  };
  share.onReport((provider, { pausedMs }) => {
    if (pausedMs <= 0) return;
    if (untilOf(provider) === undefined) {
      log.warn(
        { provider },
        'provider refuses the account of another process: paused here as well',
      );
    }
    const until = clock.elapsed() + Math.min(pausedMs, PAUSE_MS);
    pausedUntil.set(provider, Math.max(pausedUntil.get(provider) ?? 0, until));
  });
  return {
    async pauseOnAccountRefusal(provider, category) {
      if (!isAboutAccount(category)) return false;
      const isNewHere = untilOf(provider) === undefined;
      pausedUntil.set(provider, clock.elapsed() + PAUSE_MS);
      log.error(
        { provider, category, pausedForMs: PAUSE_MS },
        'provider refuses the account: paused for everybody; check its key and balance',
      );
      // Many answers come at once, which say the same.
      if (reporting.has(provider)) return false;
      reporting.add(provider);
      const isNew = await share.report(provider, { pausedMs: PAUSE_MS });
      reporting.delete(provider);
      return isNewHere && isNew;
    },
    until: untilOf,
  };
}
