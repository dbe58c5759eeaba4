import { ALONE } from '../bot/bot-context.ts';
import { createHoldActions } from '../app/hold-actions.ts';
import { OWNS_ALL } from '../app/owns-all.ts';
import type { HoldAnswer } from '../app/hold-actions.ts';
import { NO_METRICS } from '../app/ports/metrics-port.ts';
import type { Log } from '../app/ports/core.ts';
import { systemClock as clock } from '../app/system-clock.ts';
import { openStore } from '../bot/open-store.ts';
import { createResources } from '../bot/resources.ts';
import type { Config } from '../config/config.ts';
import { openSqliteRecords } from '../store/records/sqlite-records.ts';
import { StoreInUse } from '../store/records/process-lock.ts';
import { createTaskLocks } from '../worker/task-locks.ts';
import type { OperatorRequest } from '../bot/operator-requests/request.ts';

/** Does not wait for a lock: a bot that holds it is running. */
export const LOCK_WAIT_MS = 1;

/**
 * Carries out a request on a store that no bot runs on, with the bot's own use case. The next start
 * of the bot edits the task's message. Resolves with `undefined` if a bot runs on the store;
 * rejects if it cannot be opened.
 */
export async function endOnStoppedStore(
  config: Config,
  log: Log,
  { taskId, end, id }: OperatorRequest,
): Promise<HoldAnswer | undefined> {
  const resources = createResources(log);
  try {
    const context = {
      config,
      log,
      resources,
      clock,
      machine: clock,
      openRecords: openSqliteRecords,
      stopping: new AbortController().signal,
      onFatal: () => undefined,
      ownership: OWNS_ALL,
      sharing: ALONE,
      metrics: undefined,
      counts: NO_METRICS,
    };
    const { tasks } = await openStore(context, LOCK_WAIT_MS);
    const desk = createHoldActions({
      store: tasks,
      ownership: OWNS_ALL,
      clock,
      log,
      currency: config.priceList?.currency,
      handOver: () => undefined,
      betweenSteps: createTaskLocks().runWhenFree,
    });
    return await desk.endForOperator(taskId, end, id);
  } catch (cause) {
    if (cause instanceof StoreInUse) return undefined;
    throw cause;
  } finally {
    await resources.closeAll();
  }
}
