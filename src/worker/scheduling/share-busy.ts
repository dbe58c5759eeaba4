import type { Clock } from '../../app/ports/core.ts';
import type { ProviderShare } from '../../app/ports/provider-share-port.ts';
import type { ProviderQueues } from './provider-queues.ts';

/**
 * The queues of a process that shares places with others: reports to them that a provider is busy, and
 * when it is busy no more, and hears what they report.
 */
export function shareBusy(
  queues: ProviderQueues,
  share: ProviderShare,
  clock: Pick<Clock, 'now'>,
): ProviderQueues {
  share.onChange(() => {
    queues.checkPlaces();
  });
  share.onReport((provider, reported) => {
    queues.hearOfBusy(provider, reported);
  });
  return {
    ...queues,
    recordBusy(provider, untilMs) {
      queues.recordBusy(provider, untilMs);
      const blockedMs = (queues.blockedUntil(provider) ?? 0) - clock.now();
      const busyMs = queues.busyForMs(provider);
      if (blockedMs > 0) void share.report(provider, { blockedMs, busyMs });
    },
    recordNotBusy(provider) {
      const wasBusy = queues.busyForMs(provider) > 0;
      queues.recordNotBusy(provider);
      if (wasBusy) void share.report(provider, { busyMs: 0 });
    },
  };
}
