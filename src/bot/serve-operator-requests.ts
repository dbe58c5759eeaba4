import type { HoldActions } from '../app/hold-actions.ts';
import type { BotContext } from './bot-context.ts';
import type { Stores } from './open-store.ts';
import type { OperatorRequest } from './operator-requests/request.ts';
import { storeName } from './operator-requests/store-name.ts';
import { serveRequests } from './operator-requests/serve-requests.ts';

interface Served extends Pick<Stores, 'storeId' | 'requests' | 'tasks'> {
  readonly inFlight: Set<Promise<void>>;
}

/**
 * Serves requests of `npm run holds` while the bot runs: those about tasks of guilds that this process
 * owns. A stop waits for those in `inFlight`, within its grace period.
 */
export async function serveOperatorRequests(
  context: BotContext,
  holds: HoldActions,
  { storeId, requests, tasks, inFlight }: Served,
): Promise<void> {
  const { config, log, resources, clock, ownership } = context;
  const name = await storeName(config.store, storeId);
  const isOwn = async ({ store, taskId }: OperatorRequest): Promise<boolean> => {
    if (store !== name) return false;
    const task = await tasks.get(taskId);
    // That there is no such task any process can say.
    return task === undefined || ownership.owns(task.guildId);
  };
  const serving = serveRequests({
    box: requests,
    isOwn,
    holds,
    clock,
    log,
  });
  resources.own('operator requests', async () => {
    inFlight.add(serving.stop());
  });
}
