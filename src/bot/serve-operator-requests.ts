import type { HoldActions } from '../app/hold-actions.ts';
import { bestKnownTime } from './bot-context.ts';
import type { BotContext } from './bot-context.ts';
import { createRequestFiles } from './operator-requests/request-files.ts';
import { storeName } from './operator-requests/store-name.ts';
import { serveRequests } from './operator-requests/serve-requests.ts';

/**
 * Serves requests of `npm run holds` while the bot runs. A stop waits for those in `inFlight`,
 * within its grace period.
 */
export async function serveOperatorRequests(
  context: BotContext,
  holds: HoldActions,
  { storeId, inFlight }: { readonly storeId: string; readonly inFlight: Set<Promise<void>> },
): Promise<void> {
  const { config, log, resources, clock } = context;
  const box = createRequestFiles(config.dataDir);
  const store = await storeName(config.store, storeId);
  const serving = serveRequests({
    box,
    isOwn: async (request) => request.store === store,
    holds,
    clock: { ...clock, ...bestKnownTime(context) },
    log,
  });
  resources.own('operator requests', async () => {
    inFlight.add(serving.stop());
  });
}
