import { realpath } from 'node:fs/promises';
import type { HoldActions } from '../app/hold-actions.ts';
import { createRequestFiles } from '../holds/request-files.ts';
import { hasAmount } from '../holds/read-holds.ts';
import { serveRequests } from '../holds/serve-requests.ts';
import type { Stores } from './open-store.ts';
import { bestKnownTime } from './bot-context.ts';
import type { BotContext } from './bot-context.ts';

/**
 * Serves requests of `npm run holds` while the bot runs. A stop waits for those in `inFlight`,
 * within its grace period.
 */
export async function serveOperatorRequests(
  context: BotContext,
  holds: HoldActions,
  inFlight: Set<Promise<void>>,
): Promise<void> {
  const { config, log, resources, clock } = context;
  const files = createRequestFiles(config.dataDir);
  const store = await realpath(config.storePath);
  const serving = serveRequests({
    files,
    store,
    holds,
    clock: { ...clock, ...bestKnownTime(context) },
    log,
  });
  resources.own('operator requests', async () => {
    inFlight.add(serving.stop());
  });
}

/** Warns an operator with a budget about holds without an amount, which no budget counts. */
export async function warnOfUncounted(
  { config: { budgets }, log }: BotContext,
  { tasks }: Stores,
): Promise<void> {
  if (budgets.day === undefined && budgets.month === undefined) return;
  const uncounted = (await tasks.loadHeldForOperator()).filter((task) => !hasAmount(task));
  if (uncounted.length === 0) return;
  log.warn(
    { holds: uncounted.length },
    'unconfirmed charges without a quote: the budget cannot count them; `npm run holds` lists them first',
  );
}
