import type { BotContext } from './bot-context.ts';
import type { Stores } from './open-store.ts';

/** Checks all records in the background, because reading the whole history takes long. */
export function checkInBackground(
  { log, resources, clock, ownership }: BotContext,
  { check }: Stores,
): void {
  const cut = new AbortController();
  let checking = Promise.resolve();
  // Quarantined records are dated, so the time must be known.
  clock.onceKnown(() => {
    if (cut.signal.aborted || !ownership.isFirst()) return;
    checking = check(cut.signal).catch((cause: unknown) => {
      log.warn({ err: cause }, 'records could not all be checked');
    });
  });
  resources.own('record check', async () => {
    cut.abort();
    await checking;
  });
}
