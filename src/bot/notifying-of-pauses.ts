import type { Notices } from '../app/ports/notice-port.ts';
import type { OwnershipChanges } from '../app/ports/ownership-port.ts';
import type { ProviderPauses } from '../app/ports/provider-pauses-port.ts';

interface PauseParts {
  readonly notices: Pick<Notices, 'pauseHeardOf'>;
  readonly pauses: Pick<ProviderPauses, 'running'>;
}

/** Also notifies the guilds that this process comes to serve of pauses that it heard of before. */
export function notifyingOfPauses(
  changes: OwnershipChanges,
  { notices, pauses }: PauseParts,
): OwnershipChanges {
  return {
    ...changes,
    async onGained(slots) {
      await changes.onGained(slots);
      for (const pause of pauses.running()) void notices.pauseHeardOf(pause, new Set(slots));
    },
  };
}
