import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../app/ports/core.ts';

/** Whether the bot can work now. */
export interface Readiness {
  /** Whether interactions arrive, over the gateway or by HTTP. */
  readonly gateway: boolean;
  readonly store: boolean;
  /**
   * The state of each enabled provider, for display only: a provider's problem is no reason to
   * restart the bot.
   */
  readonly providers: Readonly<Record<string, string>>;
}

interface HealthServerOptions {
  /** 0 means any free port. */
  readonly port: number;
  readonly host: string;
  readonly readiness: () => Readiness | Promise<Readiness>;
  /** Renders `/metrics`; without it there is no such page. */
  readonly metrics?: () => Promise<{ readonly contentType: string; readonly body: string }>;
  /** Answers what arrives at `/interactions`; without it there is no such page. */
  readonly interactions?: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly log: Log;
}

export interface HealthServer {
  /** The port that the server listens on. */
  readonly port: number;
  /** Closes the port and cuts requests in flight. */
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

type Routes = ReadonlyMap<string, () => Answer | Promise<Answer>>;

const LIMITS = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: 5000,
  requestTimeout: 5000,
  connectionsCheckingInterval: 1000,
};
const MAX_CONNECTIONS = 64;
/** With interactions, which arrive one on each connection. Each may hold a body in memory. */
const MAX_CONNECTIONS_OF_ALL = 256;
/** How long a stop waits for interactions that are being received, in milliseconds. */
const LAST_REQUESTS_MS = 500;

/** Starts the http server for supervisors, and for interactions. Rejects if the port is in use. */
export async function startHealthServer(options: HealthServerOptions): Promise<HealthServer> {
  const { log, metrics, interactions } = options;
  const routes = new Map<string, () => Answer | Promise<Answer>>([
    ['/healthz', () => json(200, { status: 'alive' })],
    ['/readyz', async () => readinessAnswer(await options.readiness())],
  ]);
  if (metrics !== undefined) {
    routes.set('/metrics', async () => ({ status: 200, ...(await metrics()) }));
  }
  const server = createServer(LIMITS, (request, response) => {
    const isInteraction = interactions !== undefined && pathOf(request) === '/interactions';
    void (isInteraction
      ? interactions(request, response)
      : respond({ routes, log, request, response }));
  });
  server.maxConnections = interactions === undefined ? MAX_CONNECTIONS : MAX_CONNECTIONS_OF_ALL;
  server.listen(options.port, options.host);
  await once(server, 'listening');
  // For example too many open files, which is no reason to end the bot.
  server.on('error', (err) => log.warn({ err }, 'health server fault'));
  const graceMs = interactions === undefined ? 0 : LAST_REQUESTS_MS;
  return { port: portOf(server), close: () => close(server, graceMs) };
}

interface Exchange {
  readonly routes: Routes;
  readonly log: Log;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function respond(exchange: Exchange): Promise<void> {
  const { status, contentType, body } = await answer(exchange);
  // Closes the connection after each answer, because an unread request body would keep it open.
  exchange.response
    .writeHead(status, {
      'content-type': contentType,
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      connection: 'close',
    })
    .end(body);
}

async function answer({ routes, log, request }: Exchange): Promise<Answer> {
  const path = pathOf(request);
  const route = routes.get(path);
  if (route === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
    return json(404, { error: 'not found' });
  }
  try {
    return await route();
  } catch (err) {
    log.warn({ err, path }, 'health request failed');
    return json(503, { error: 'unknown' });
  }
}

function pathOf({ url = '' }: IncomingMessage): string {
  const [path = ''] = url.split('?');
  return path;
}

function readinessAnswer({ gateway, store, providers }: Readiness): Answer {
  return json(gateway && store ? 200 : 503, { gateway, store, providers });
}

function json(status: number, value: unknown): Answer {
  return { status, contentType: 'application/json', body: JSON.stringify(value) };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port to listen on');
  return address.port;
}

async function close(server: Server, graceMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  if (graceMs > 0) await Promise.race([closed, wait(graceMs, undefined, { ref: false })]);
  server.closeAllConnections();
  await closed;
}
