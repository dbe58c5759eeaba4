import type { ProviderPauses } from '../app/ports/provider-pauses-port.ts';
import type { RecordStore } from '../app/ports/record-store-port.ts';
import type { InteractionDoor } from '../discord/door/interaction-door.ts';
import type { BanWatch } from '../discord/ban-watch.ts';
import type { Entrance } from '../discord/entrance.ts';
import { startHealthServer } from '../health/health-server.ts';
import { SCHEMA_KEY } from '../store/schema/schema-version.ts';
import type { BotContext } from './bot-context.ts';

/** What the health checks read. */
interface HealthSources {
  readonly entrance: Pick<Entrance, 'isReady'>;
  readonly bans: Pick<BanWatch, 'leftMs'>;
  /** `undefined` where interactions arrive over the gateway. */
  readonly door: Pick<InteractionDoor, 'serve'> | undefined;
  readonly records: Pick<RecordStore, 'get'>;
  readonly pauses: ProviderPauses;
}

/** Serves `/healthz`, `/readyz`, `/metrics` and interactions by HTTP if a port is configured. */
export async function openHealth(
  { config, log, resources, metrics, stopping }: BotContext,
  { entrance, bans, door, records, pauses }: HealthSources,
): Promise<void> {
  if (config.http === undefined) return;
  const stateOf = (provider: string): string =>
    pauses.until(provider) === undefined ? 'on' : 'paused';
  const isTaking = (): boolean =>
    entrance.isReady() &&
    // A connected but banned bot cannot answer any interaction.
    bans.leftMs() === 0 &&
    // It still takes what comes, but no more should be sent here.
    !stopping.aborted;
  const server = await startHealthServer({
    ...config.http,
    log,
    readiness: async () => ({
      gateway: isTaking(),
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
