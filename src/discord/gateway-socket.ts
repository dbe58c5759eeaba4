import { AsyncLocalStorage } from 'node:async_hooks';
import type { Agent } from 'node:http';
import { connectionFault } from '../outbound/connection-fault.ts';
import { targetOf, type Connector } from '../outbound/connector.ts';
import { createOpeningAgent } from '../outbound/opening-agent.ts';
import type { ProxiedOutbound } from '../outbound/outbound.ts';

/** How gateway connections are opened where a proxy may hold for them. */
export interface GatewayPassage extends Pick<ProxiedOutbound, 'tunnelTo'> {
  /** Called with each fault of the way through the proxy. */
  readonly onFault: (cause: Error) => void;
}

/** `ws`, as far as discord.js and this file know it. */
export interface GatewayLibrary {
  WebSocket: GatewaySocket;
}

type GatewaySocket = new (address: string, protocols: string[], options: object) => object;

const passages = new AsyncLocalStorage<GatewayPassage>();

/** Runs a log-in whose connections, and all that follow from them, are opened by a passage. */
export async function throughPassage<T>(
  passage: GatewayPassage,
  logIn: () => Promise<T>,
): Promise<T> {
  return passages.run(passage, logIn);
}

/**
 * Loads discord.js with gateway connections that can lead through a proxy.
 *
 * discord.js has no setting for that: its gateway (@discordjs/ws) takes the class `WebSocket` of
 * `ws` once, when it is loaded, and gives it no agent, although `ws` takes one. Its sharding
 * strategies, which can be replaced, do not reach that call either. So the class that it finds
 * while it is loaded is one that adds the agent. No other code gets it, and without a passage it
 * is the same.
 */
export function withPassages<T>(ws: GatewayLibrary, load: () => T): T {
  const { WebSocket } = ws;
  ws.WebSocket = class extends WebSocket {
    constructor(address: string, protocols: string[], options: object) {
      super(address, protocols, { ...options, ...agentFor(address) });
    }
  };
  try {
    return load();
  } finally {
    ws.WebSocket = WebSocket;
  }
}

/** Nothing where the connection does not lead through a proxy. */
function agentFor(address: string): { readonly agent?: Agent } {
  const passage = passages.getStore();
  if (passage === undefined) return {};
  const { protocol, hostname, port } = new URL(address.replace(/^ws/, 'http'));
  const scheme = protocol === 'http:' ? 'http:' : 'https:';
  const target = targetOf(scheme, hostname.replace(/^\[(.*)\]$/, '$1'), port);
  const tunnel = passage.tunnelTo(target);
  return tunnel ? { agent: createOpeningAgent(reporting(passage, tunnel), scheme) } : {};
}

/**
 * A gateway that cannot be reached is known to discord.js by a few codes of Node's: it goes on
 * trying. On any other error its log-in fails as well, while the connection goes on trying in the
 * background, so that the next log-in would make a second session.
 */
const reporting =
  ({ onFault }: GatewayPassage, tunnel: Connector): Connector =>
  (target, done) =>
    tunnel(target, (...[error, socket]) => {
      if (error === null) return done(null, socket);
      onFault(error);
      return done(connectionFault('ECONNREFUSED'), null);
    });
