import { ALONE } from '../bot/bot-context.ts';
import { NO_METRICS } from '../app/ports/metrics-port.ts';
import type { Log } from '../app/ports/core.ts';
import { endUnknownUploads } from '../app/library/named-charges.ts';
import { holdIfRestored } from '../app/restored-store.ts';
import type { RestoreCheck } from '../app/restored-store.ts';
import { OWNS_ALL } from '../app/owns-all.ts';
import { systemClock } from '../app/system-clock.ts';
import { openStore } from '../bot/open-store.ts';
import { createResources } from '../bot/resources.ts';
import type { Config } from '../config/config.ts';
import { HOLDS_ALL } from '../domain/tasks/restored.ts';
import { StoreInUse } from '../store/records/process-lock.ts';
import { openSqliteRecords } from '../store/records/sqlite-records.ts';
import { LOCK_WAIT_MS } from './stopped-store.ts';
import { holdsTexts } from './texts.ts';

/**
 * Holds every task that the store has as still to be sent, for the case that it was restored from a
 * snapshot of the whole folder, which the bot cannot tell from a restart. The next start notifies
 * the requesters. If this is killed, the next start holds the rest. Rejects with advice if a bot
 * runs on the store or it cannot be opened.
 */
export async function holdRestored(config: Config, log: Log): Promise<RestoreCheck> {
  const resources = createResources(log);
  try {
    const context = {
      config,
      log,
      resources,
      clock: systemClock,
      machine: systemClock,
      openRecords: openSqliteRecords,
      stopping: new AbortController().signal,
      onFatal: () => undefined,
      ownership: OWNS_ALL,
      sharing: ALONE,
      metrics: undefined,
      counts: NO_METRICS,
    };
    const stores = await openStore(context, LOCK_WAIT_MS);
    const { origin, attemptLog, tasks } = stores;
    // As old as the newest that it knows: from then on what was done is unknown.
    const at = (await origin.newestAcceptedAt()) ?? 0;
    await origin.markAsCopy({ at, rule: HOLDS_ALL });
    return await holdIfRestored({
      store: tasks,
      attemptLog,
      origin,
      // Discord was not asked: the next start says when this was.
      clock: { now: () => systemClock.now(), isKnown: () => false, onceKnown: () => undefined },
      log,
      onHeld: () => undefined,
      endUploads: async () => endUnknownUploads({ ...stores, store: stores.namedAssetStore }),
    });
  } catch (cause) {
    throw cause instanceof StoreInUse ? new Error(holdsTexts.botRuns, { cause }) : cause;
  } finally {
    await resources.closeAll();
  }
}
