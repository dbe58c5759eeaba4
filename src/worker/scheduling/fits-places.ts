import type { ProviderQueues } from './provider-queues.ts';

/**
 * Whether what is in flight fits this process's part of so many places, if there were so many
 * processes. Where there are more processes than places, the eldest have one each.
 */
export function fitsPlaces(
  queues: Pick<ProviderQueues, 'mostInFlight'>,
  limit: number,
): (processes: number) => boolean {
  return (processes) => queues.mostInFlight() <= Math.max(1, Math.floor(limit / processes));
}
