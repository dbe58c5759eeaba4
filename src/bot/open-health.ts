import type { ProviderPauses } from '../app/ports/provider-pauses-port.ts';
import type { RecordStore } from '../app/ports/record-store-port.ts';
import type { InteractionDoor } from '../discord/door/interaction-door.ts';
import type { Entrance } from '../discord/entrance.ts';
import { startHealthServer } from '../health/health-server.ts';
import { SCHEMA_KEY } from '../store/schema/schema-version.ts';
import type { BotContext } from './bot-context.ts';

/** What the health checks read. */
interface HealthSources {
  readonly entrance: Pick<Entrance, 'isReady'>;
  /** `undefined` where interactions arrive over the gateway. */
  readonly door: Pick<InteractionDoor, 'serve'> | undefined;
  readonly records: Pick<RecordStore, 'get'>;
  readonly pauses: ProviderPauses;
}

/** Serves `/healthz`, `/readyz`, `/metrics` and interactions by HTTP if a port is configured. */
export async function openHealth(
  { config, log, resources, metrics }: BotContext,
  { entrance, door, records, pauses }: HealthSources,
): Promise<void> {
  if (config.http === undefined) return;
  const stateOf = (provider: string): string =>
    pauses.until(provider) === undefined ? 'on' : 'paused';
  const server = await startHealthServer({
    ...config.http,
    log,
    readiness: async () => ({
      gateway: entrance.isReady(),
      store: await isAnswering(async () => records.get(SCHEMA_KEY)),
      providers: Object.fromEntries(Object.keys(config.providers).map((id) => [id, stateOf(id)])),
    }),
    ...(door === undefined ? {} : { interactions: door.serve }),
    ...(metrics === undefined ? {} : { metrics: async () => metrics.render() }),
  });
  resources.own('health', async () => server.close());
  log.info({ port: server.port }, 'health server listening');
}

async function isAnswering(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read();
    return true;
  } catch {
    // Other calls log the fault; only yes or no matters here.
    return false;
  }
}
