import type { Agent, buildConnector } from 'undici';
import { errorCode } from '../domain/error-code.ts';
import { connectionFault } from './connection-fault.ts';
import { Dispatcher, EnvHttpProxyAgent, Pool } from './undici.ts';

type Connector = buildConnector.connector;

/** The proxies for addresses outside: `http:` or `https:` URLs, with or without credentials. */
export interface ProxySettings {
  /** For `https:` addresses. */
  readonly httpsProxy?: string | undefined;
  /** For `http:` addresses, and for `https:` ones where they have no proxy of their own. */
  readonly allProxy?: string | undefined;
  /** What is reached without a proxy. */
  readonly exceptions: {
    /** Names and addresses as undici reads `NO_PROXY`. */
    readonly hosts: string;
    /** Ranges of addresses, which undici does not know: `10.0.0.0/8`. */
    readonly ranges: readonly string[];
  };
}

/**
 * Returns a connector that reaches an origin through its proxy; `undefined` if it has none. undici's
 * own agent decides which proxy that is and builds the tunnel (CONNECT). It is asked for each
 * connection anew, so that it keeps no client of an origin that is never asked again.
 *
 * The connector tunnels to the host that its options name, which may be an address of the origin.
 */
export function tunnelTo(
  origin: string,
  { httpsProxy, allProxy, exceptions }: ProxySettings,
  timeoutMs: number,
): Connector | undefined {
  let offered: unknown;
  const agent = new EnvHttpProxyAgent({
    // An empty text keeps undici from reading the environment itself.
    httpProxy: allProxy ?? '',
    httpsProxy: httpsProxy ?? allProxy ?? '',
    noProxy: exceptions.hosts,
    connect: withoutProxy,
    clientFactory: (proxy: URL, options: object) =>
      new Pool(proxy, { ...options, headersTimeout: timeoutMs, bodyTimeout: timeoutMs }),
    factory(_origin: string | URL, options: Agent.Options) {
      offered = options.connect;
      return new UnusedClient();
    },
  });
  agent.dispatch({ origin, method: 'GET', path: '/' }, {});
  return isConnector(offered) && offered !== withoutProxy ? withProxyFaults(offered) : undefined;
}

/** What undici offers for an origin that has no proxy. It is recognised, and never called. */
const withoutProxy: Connector = (_options, done) => done(connectionFault('NO_PROXY'), null);

/** Stands in for the client of an origin: only the connector that undici made for it is needed. */
class UnusedClient extends Dispatcher {
  override dispatch(): boolean {
    return true;
  }
}

const isConnector = (value: unknown): value is Connector => typeof value === 'function';

/** Lets the codes of errors say that they come from a connection through a proxy. */
const withProxyFaults =
  (connect: Connector): Connector =>
  (options, done) =>
    connect(options, (...[error, socket]) => {
      if (error === null) done(null, socket);
      else done(connectionFault(proxyCode(error)), null);
    });

/** undici tells the status of a proxy that refuses a tunnel only in words. */
function proxyCode(error: Error): string {
  const status = /^Proxy response \((\d{3})\)/.exec(error.message)?.[1];
  return status === undefined ? `PROXY_${errorCode(error) ?? error.name}` : `PROXY_HTTP_${status}`;
}
