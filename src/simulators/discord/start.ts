import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { keepNewest } from './keep-newest.ts';
import type { ActorContext } from './actors/context.ts';
import { createMember } from './actors/member.ts';
import type {
  BeforeAnswer,
  BeforeEffect,
  SimulatedDiscord,
  SimulatedDiscordOptions,
} from './api.ts';
import { createClock } from './clock.ts';
import { createEventBus } from './events.ts';
import { createEndpoint } from './endpoint/endpoint.ts';
import { createSigner } from './endpoint/signer.ts';
import type { Signer } from './endpoint/signer.ts';
import { createGateway } from './gateway/gateway.ts';
import { TIME_LIMITS } from './limits.ts';
import { botRoutes } from './rest/bot-routes.ts';
import { callbackRoutes } from './rest/callback-route.ts';
import { channelRoutes } from './rest/channel-routes.ts';
import { commandPermissionRoutes } from './rest/command-permission-routes.ts';
import { commandRoutes } from './rest/command-routes.ts';
import { createFaults } from './rest/faults.ts';
import { createInvalidRequestLimit } from './rest/invalid-requests.ts';
import { createRateLimiter } from './rest/rate-limits.ts';
import type { RequestLogEntry } from './rest/request.ts';
import { createRouter } from './rest/router.ts';
import { createRequestServer } from './rest/server.ts';
import { guildRoutes } from './rest/guild-routes.ts';
import { webhookRoutes } from './rest/webhook-routes.ts';
import type { Simulation } from './simulation.ts';
import { createSnowflakes } from './snowflake.ts';
import { createQueries } from './queries.ts';
import { createCdn } from './world/cdn.ts';
import { createCommandPermissionStore } from './world/command-permissions.ts';
import { createCommandStore } from './world/commands.ts';
import { createInteractionStore } from './world/interactions.ts';
import { createMessageStore } from './world/messages.ts';
import { createWorld } from './world/world.ts';

const HOST = '127.0.0.1';
const HEARTBEAT_MS = 41_250;
const BACKSTOP_MS = 20_000;
const APPLICATION_ID = '110000000000000001';
const BOT_USER_ID = '110000000000000002';

const KEEP_EVERYTHING = { items: Infinity, fileBytes: Infinity };

/** Returns a token in Discord's format, which passes a client's format checks. */
function tokenOf(botUserId: string): string {
  return `${Buffer.from(botUserId).toString('base64url')}.Sandbx.${'simulated'.repeat(4)}`;
}

function createSimulation(
  options: SimulatedDiscordOptions,
  origin: () => string,
  { publicKey }: Signer,
): Simulation {
  const clock = createClock(options.now ?? Date.now);
  const newId = createSnowflakes(clock.now);
  const botUserId = options.botUserId ?? BOT_USER_ID;
  const application = {
    id: options.applicationId ?? APPLICATION_ID,
    botUserId,
    token: options.token ?? tokenOf(botUserId),
    name: options.applicationName ?? 'Bot',
    publicKey,
    interactionsEndpointUrl: undefined,
  };
  const { guilds, defaultAttachmentSizeLimit, keep = KEEP_EVERYTHING } = options;
  return {
    clock,
    newId,
    world: createWorld({ application, guilds, defaultAttachmentSizeLimit, newId }),
    cdn: createCdn({
      clock,
      origin,
      lifetimeMs: options.cdnLifetimeMs ?? TIME_LIMITS.cdnMs,
      keepBytes: keep.fileBytes,
    }),
    messages: createMessageStore(keep.items),
    interactions: createInteractionStore(keep.items),
    commands: createCommandStore({ applicationId: application.id, newId }),
    commandPermissions: createCommandPermissionStore(),
    notifications: [],
    keep,
    events: createEventBus(),
  };
}

interface Hooks {
  readonly effect: Set<BeforeEffect>;
  readonly answer: Set<BeforeAnswer>;
}

function createHooks({ beforeEffect, beforeAnswer }: SimulatedDiscordOptions): Hooks {
  return {
    effect: new Set(beforeEffect === undefined ? [] : [beforeEffect]),
    answer: new Set(beforeAnswer === undefined ? [] : [beforeAnswer]),
  };
}

function register<Hook>(hooks: Set<Hook>, hook: Hook): () => void {
  hooks.add(hook);
  return () => {
    hooks.delete(hook);
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Serves the REST API and the CDN: routes, faults, hooks and the request log. */
function serveRequests(
  server: Server,
  sim: Simulation,
  options: SimulatedDiscordOptions,
  gatewayUrl: () => string,
) {
  const requests: RequestLogEntry[] = [];
  const faults = createFaults();
  const invalidRequests = createInvalidRequestLimit(sim.clock, options.invalidRequests);
  const hooks = createHooks(options);
  const routes = [
    ...botRoutes(gatewayUrl, options),
    ...guildRoutes(),
    ...commandPermissionRoutes(),
    ...commandRoutes(),
    ...callbackRoutes(),
    ...webhookRoutes(),
    ...channelRoutes(),
  ];
  const serve = createRequestServer({
    clock: sim.clock,
    router: createRouter(sim, routes, createRateLimiter(options.rateLimits, sim.clock)),
    faults,
    invalidRequests,
    async beforeEffect(request) {
      for (const hook of hooks.effect) {
        await hook(request);
      }
    },
    async beforeAnswer(request, answer) {
      for (const hook of hooks.answer) {
        await hook(request, answer);
      }
    },
    log(entry) {
      requests.push(entry);
      keepNewest(requests, sim.keep.items);
      sim.events.emit('request', entry);
    },
  });
  server.on('request', (request, response) => {
    void serve(request, response);
  });
  return {
    requests,
    faults,
    invalidRequests: () => invalidRequests.counted(),
    beforeEffect: (hook: BeforeEffect) => register(hooks.effect, hook),
    beforeAnswer: (hook: BeforeAnswer) => register(hooks.answer, hook),
  };
}

/** Starts a simulated Discord on 127.0.0.1; see readme.md in this folder. */
export async function startSimulatedDiscord(
  options: SimulatedDiscordOptions = {},
): Promise<SimulatedDiscord> {
  const server = createServer();
  const origin = (): string => `http://${HOST}:${portOf(server)}`;
  const ownGatewayUrl = (): string => `ws://${HOST}:${portOf(server)}`;
  const gatewayUrl = (): string => options.namedGatewayUrl ?? ownGatewayUrl();
  const signer = createSigner();
  const sim = createSimulation(options, origin, signer);
  const { requests, faults, ...hooks } = serveRequests(server, sim, options, gatewayUrl);
  const heartbeatIntervalMs = options.heartbeatIntervalMs ?? HEARTBEAT_MS;
  const backstopMs = options.backstopMs ?? BACKSTOP_MS;
  const gateway = createGateway(sim, { heartbeatIntervalMs, backstopMs, url: gatewayUrl, server });
  const endpoint = createEndpoint(sim, signer);
  server.listen(options.port ?? 0, HOST);
  await once(server, 'listening');

  const context: ActorContext = { sim, gateway, endpoint, requests, handles: [], backstopMs };
  const queries = createQueries(context);
  return {
    ...queries,
    ...hooks,
    port: portOf(server),
    origin: origin(),
    apiUrl: `${origin()}/api`,
    gatewayUrl: ownGatewayUrl(),
    gateway,
    endpoint,
    faults,
    member: (given = {}) => createMember(context, given, queries.guildId),
    async close() {
      // A test may close as soon as it sees the effect of a request; let its answer be sent first.
      await setImmediate();
      gateway.close();
      endpoint.close();
      faults.clear();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
