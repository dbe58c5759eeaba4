import type { BotContext } from './bot-context.ts';
import { onceFirst } from './once-first.ts';
import type { Stores } from './open-store.ts';

/** Checks all records in the background, because reading the whole history takes long. */
export function checkInBackground(
  { log, resources, clock, ownership }: BotContext,
  { check }: Stores,
): void {
  // Quarantined records are dated, so the time must be known.
  const checking = onceFirst({ clock, ownership }, async (signal) =>
    check(signal).catch((cause: unknown) => {
      log.warn({ err: cause }, 'records could not all be checked');
    }),
  );
  resources.own('record check', async () => checking.stop());
}
