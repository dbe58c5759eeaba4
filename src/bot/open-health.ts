import type { ProviderPauses } from '../app/ports/provider-pauses-port.ts';
import type { RecordStore } from '../app/ports/record-store-port.ts';
import type { Gateway } from '../discord/gateway.ts';
import { startHealthServer } from '../health/health-server.ts';
import { SCHEMA_KEY } from '../store/schema/schema-version.ts';
import type { BotContext } from './bot-context.ts';

/** What the health checks read. */
interface HealthSources {
  readonly gateway: Pick<Gateway, 'isReady'>;
  readonly records: Pick<RecordStore, 'get'>;
  readonly pauses: ProviderPauses;
}

/** Serves `/healthz`, `/readyz` and `/metrics` if a port is configured. */
export async function openHealth(
  { config, log, resources, metrics }: BotContext,
  { gateway, records, pauses }: HealthSources,
): Promise<void> {
  if (config.http === undefined) return;
  const stateOf = (provider: string): string =>
    pauses.until(provider) === undefined ? 'on' : 'paused';
  const server = await startHealthServer({
    ...config.http,
    log,
    readiness: async () => ({
      gateway: gateway.isReady(),
      store: await isAnswering(async () => records.get(SCHEMA_KEY)),
      providers: Object.fromEntries(Object.keys(config.providers).map((id) => [id, stateOf(id)])),
    }),
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
