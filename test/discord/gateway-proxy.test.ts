import { connect, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDiscordTime } from '../../src/app/discord-time.ts';
import { systemClock } from '../../src/app/system-clock.ts';
import { logIn } from '../../src/bot/log-in.ts';
import { createGateway } from '../../src/discord/gateway.ts';
import { createLibrarySender } from '../../src/discord/library-sender.ts';
import { errorCode } from '../../src/domain/error-code.ts';
import { createOutbound } from '../../src/outbound/outbound.ts';
import type { SimulatedDiscord } from '../../src/simulators/discord/api.ts';
import { startSimulatedDiscord } from '../../src/simulators/discord/start.ts';
import { recordingLog } from '../fakes/log.ts';
import { listenOnLoopback } from '../outbound/loopback-server.ts';
import { startProxy, type RecordingProxy } from '../outbound/recording-proxy.ts';
import { TEST_CERTIFICATE } from '../outbound/test-certificate.ts';

const GATEWAY = 'gateway.test:80';
const REST = 'discord.test:80';

type World = Awaited<ReturnType<typeof behindProxy>>;

interface Options {
  readonly noProxy?: string;
  /** On loopback by its own address instead. */
  readonly isOnLoopback?: boolean;
  readonly isSecure?: boolean;
  readonly heartbeatIntervalMs?: number;
}

/** A simulated Discord whose names only a proxy knows, and a gateway of the bot that goes there. */
async function behindProxy({ noProxy = '', ...options }: Options = {}) {
  const { discord, apiUrl, port, names } = await startDiscord(options);
  const proxy = await startProxy({ to: port });
  const log = recordingLog();
  const interactions: unknown[] = [];
  const { proxied } = createOutbound({
    proxies: {
      httpsProxy: undefined,
      allProxy: proxy.url,
      exceptions: { hosts: noProxy, ranges: [] },
    },
    trustedMediaHosts: [],
  });
  const gateway = createGateway({
    apiUrl,
    token: discord.world.application.token,
    log,
    makeRequest: createLibrarySender(proxied?.toConfigured),
    proxied,
    time: createDiscordTime(systemClock, log),
    onInteraction: (raw) => interactions.push(raw),
    onFatal: (reason) => {
      throw new Error(reason);
    },
  });
  onTestFinished(async () => {
    await gateway.close();
    await discord.close();
  });
  return { discord, proxy, log, gateway, interactions, names };
}

/** Discord, where its API is to be asked for, and the port to which a proxy leads. */
async function startDiscord({
  isOnLoopback = false,
  isSecure = false,
  heartbeatIntervalMs = 45_000,
}: Options) {
  const s = isSecure ? 's' : '';
  const discord = await startSimulatedDiscord({
    heartbeatIntervalMs,
    ...(!isOnLoopback && { namedGatewayUrl: `ws${s}://gateway.test` }),
  });
  const apiUrl = isOnLoopback ? discord.apiUrl : `http${s}://discord.test/api`;
  const { port, names } = isSecure ? await securing(discord.port) : { ...discord, names: [] };
  return { discord, apiUrl, port, names };
}

/** A server that speaks TLS and passes on what it hears, and the names it was asked for. */
async function securing(to: number) {
  const names: unknown[] = [];
  const { port } = await listenOnLoopback(
    (socket: Socket & { servername?: unknown }) => {
      names.push(socket.servername);
      const inner = connect(to, '127.0.0.1');
      inner.on('error', () => socket.destroy()).on('close', () => socket.destroy());
      socket.on('error', () => inner.destroy()).on('close', () => inner.destroy());
      socket.pipe(inner).pipe(socket);
    },
    (listener) => createTlsServer(TEST_CERTIFICATE, (socket: TLSSocket) => listener(socket)),
  );
  return { port, names };
}

const connected = ({ gateway }: SimulatedDiscord): number =>
  gateway.sessions().filter((session) => session.connected).length;

/** How often the proxy was asked for the gateway. */
const tunnelsOf = ({ asked }: RecordingProxy): number =>
  asked.filter(({ to }) => to === GATEWAY).length;

/** The codes of what the log says of the gateway's connection. */
const faultsIn = ({ lines }: Pick<World['log'], 'lines'>): unknown[] =>
  lines
    .filter(({ message }) => message === 'gateway connection error')
    .map(({ fields }) => ('err' in fields ? errorCode(fields.err) : undefined));

/** Waits as long as discord.js does between two connections, many times over. */
const eventually = { timeout: 15_000, interval: 20 };

describe('a gateway whose name only the proxy knows', () => {
  it('is reached through it, as Discord is for every request', async () => {
    const { discord, proxy, gateway, interactions } = await behindProxy();
    await gateway.login();
    expect(proxy.asked.map(({ to }) => to)).toEqual([REST, GATEWAY]);
    discord.gateway.dispatch('INTERACTION_CREATE', { id: '1' });
    await vi.waitFor(() => expect(interactions).toEqual([{ id: '1' }]), eventually);
  });

  it.each<[string, (world: Pick<World, 'discord' | 'proxy'>) => void]>([
    ['the connection breaks', ({ discord }) => discord.gateway.cut()],
    ['the proxy drops its tunnels', ({ proxy }) => proxy.cut()],
    ['Discord closes it', ({ discord }) => discord.gateway.closeWith(4000)],
    ['Discord wants another', ({ discord }) => discord.gateway.requestReconnect()],
    ['the session is over', ({ discord }) => discord.gateway.invalidate(false)],
    ['no heartbeat is answered', ({ discord }) => discord.gateway.acknowledgeHeartbeats(false)],
  ])('is reached through it again when %s', async (what, happen) => {
    const isByTime = what === 'no heartbeat is answered';
    const world = await behindProxy(isByTime ? { heartbeatIntervalMs: 500 } : {});
    const { discord, proxy, gateway } = world;
    await gateway.login();
    happen(world);
    await vi.waitFor(() => expect(tunnelsOf(proxy)).toBeGreaterThan(1), eventually);
    discord.gateway.acknowledgeHeartbeats(true);
    await vi.waitFor(() => {
      expect(gateway.isReady()).toBe(true);
      expect(connected(discord)).toBe(1);
    }, eventually);
  });

  it('is tried on while the proxy refuses it, and the log says so', async () => {
    const { discord, proxy, gateway, log } = await behindProxy();
    await gateway.login();
    proxy.refuse(503);
    proxy.cut();
    await vi.waitFor(() => expect(tunnelsOf(proxy)).toBeGreaterThan(2), eventually);
    expect(faultsIn(log)).toContain('PROXY_HTTP_503');
    expect(gateway.isReady()).toBe(false);
    proxy.refuse(undefined);
    await vi.waitFor(() => expect(gateway.isReady()).toBe(true), eventually);
    expect(connected(discord)).toBe(1);
  });

  it('has to prove its name inside the tunnel', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const { discord, proxy, gateway, log, names } = await behindProxy({ isSecure: true });
    await gateway.login();
    expect(proxy.asked.map(({ to }) => to)).toEqual(['discord.test:443', 'gateway.test:443']);
    expect(names).toEqual(['discord.test', 'gateway.test']);
    // The certificate is nobody's.
    vi.unstubAllEnvs();
    discord.gateway.cut();
    await vi.waitFor(
      () => expect(faultsIn(log)).toContain('PROXY_DEPTH_ZERO_SELF_SIGNED_CERT'),
      eventually,
    );
    expect(connected(discord)).toBe(0);
  });

  it('makes one session where the proxy refuses it at the log-in', async () => {
    const { discord, proxy, gateway, log } = await behindProxy();
    proxy.refuse(403, GATEWAY);
    const loggedIn = logIn(gateway, log, new AbortController().signal);
    await vi.waitFor(() => expect(tunnelsOf(proxy)).toBeGreaterThan(1), eventually);
    proxy.refuse(undefined);
    await loggedIn;
    // Another log-in would make a second session, beside the one that goes on trying.
    expect(log.lines.map(({ message }) => message)).not.toContain(
      'could not log in to Discord; trying again',
    );
    expect(discord.gateway.sessions()).toHaveLength(1);
  });
});

describe('a gateway for which no proxy holds', () => {
  it('is on loopback', async () => {
    const { proxy, gateway } = await behindProxy({ isOnLoopback: true });
    await gateway.login();
    expect(proxy.asked).toEqual([]);
  });

  it('is in NO_PROXY, although the rest of Discord is not', async () => {
    const { proxy, gateway, log } = await behindProxy({ noProxy: 'gateway.test' });
    // Nobody has this name, so it is never found without the proxy.
    gateway.login().catch(() => undefined);
    const messages = (): string[] => log.lines.map(({ message }) => message);
    await vi.waitFor(() => expect(messages()).toContain('gateway reconnecting'), eventually);
    expect(proxy.asked.map(({ to }) => to)).toEqual([REST]);
  });
});
