import { isIP } from 'node:net';
import { callbackify } from 'node:util';
import type { buildConnector } from 'undici';
import {
  isInRange,
  isLoopbackHost,
  isPrivateLiteral,
  isPublicAddress,
  isTrusted,
  type TrustedHost,
} from './address-rules.ts';
import { connectionFault } from './connection-fault.ts';
import { portOf, targetOf, type Connector, type Target } from './connector.ts';
import {
  createLookup,
  resolveAllowed,
  resolveBySystem,
  type ResolvedAddress,
  type ResolveName,
} from './public-lookup.ts';
import { tunnelTo, type ProxySettings } from './tunnel.ts';
import { buildConnector as buildUndiciConnector } from './undici.ts';

/**
 * How the bot connects to addresses outside, for every HTTP client in it. Both connectors go through
 * the operator's proxy, except to loopback, to trusted hosts and to those in `NO_PROXY`.
 */
export interface Outbound {
  /** Connects to an address of the operator's settings, whatever it is. */
  readonly toConfigured: Connector;
  /**
   * Connects to an address that a provider or a redirect chose: public, or a trusted host. A name is resolved
   * once, refused (`PRIVATE_ADDRESS`) if any of its addresses is not public, and the connection goes
   * to exactly these addresses, so that a second answer of the name server cannot matter. That holds
   * for a proxy as well: it is given the address instead of the name.
   */
  readonly toUntrusted: Connector;
  /** `undefined` where no proxy is set: then every client may connect as it does by itself. */
  readonly proxied: ProxiedOutbound | undefined;
}

/** For clients that connect by themselves unless a proxy is set. */
export interface ProxiedOutbound extends Pick<Outbound, 'toConfigured'> {
  /** The way through the proxy to an address of the settings; `undefined` where none holds for it. */
  readonly tunnelTo: (target: Target) => Connector | undefined;
}

interface OutboundDeps {
  readonly proxies: ProxySettings;
  readonly trustedMediaHosts: readonly TrustedHost[];
  /** Time limit of a connection, its proxy and TLS included, in milliseconds. */
  readonly connectMs?: number;
  readonly resolve?: ResolveName;
}

const CONNECT_MS = 10_000;

/** Creates the connectors. They hold no connection. */
export function createOutbound({
  proxies,
  trustedMediaHosts: trustedHosts,
  connectMs: timeout = CONNECT_MS,
  resolve = resolveBySystem,
}: OutboundDeps): Outbound {
  const hasProxy = proxies.httpsProxy !== undefined || proxies.allProxy !== undefined;
  const straight = buildUndiciConnector({ timeout });
  const toTrusted = buildUndiciConnector({ timeout, lookup: createLookup(resolve, () => true) });
  const toPublic = buildUndiciConnector({
    timeout,
    lookup: createLookup(resolve, isPublicAddress),
  });

  const tunnelFor = (target: Target): Connector | undefined => {
    const { hostname } = target;
    if (!hasProxy || isLoopbackHost(hostname)) return undefined;
    if (isInRange(hostname, proxies.exceptions.ranges)) return undefined;
    const tunnel = tunnelTo(`${target.protocol}//${target.host}`, proxies, timeout);
    return tunnel && withinTime(tunnel, timeout);
  };

  const tunnelToConfigured = (target: Target): Connector | undefined =>
    isTrusted(target.hostname, portOf(target), trustedHosts) ? undefined : tunnelFor(target);

  const toConfigured: Connector = (options, done) => {
    const target = targetFrom(options);
    const connect = tunnelToConfigured(target) ?? straight;
    connect(target, done);
  };

  return {
    toConfigured,
    proxied: hasProxy ? { toConfigured, tunnelTo: tunnelToConfigured } : undefined,
    toUntrusted: (options, done) => {
      const target = targetFrom(options);
      const { hostname } = target;
      if (isTrusted(hostname, portOf(target), trustedHosts)) return toTrusted(target, done);
      // An IP address is never looked up, so it is checked here.
      if (isPrivateLiteral(hostname)) return done(connectionFault('PRIVATE_ADDRESS'), null);
      const tunnel = tunnelFor(target);
      if (tunnel === undefined) return toPublic(target, done);
      if (isIP(hostname) !== 0) return tunnel(target, done);
      callbackify(resolveAllowed)(resolve, isPublicAddress, hostname, (error, addresses) => {
        if (error === null) tunnelToFirst(tunnel, target, inOrder(addresses), done);
        else done(error, null);
      });
    },
  };
}

const targetFrom = ({ protocol, hostname, port }: buildConnector.Options): Target =>
  targetOf(protocol, hostname, port);

/** Tries the addresses one after the other until a tunnel to one of them stands. */
function tunnelToFirst(
  tunnel: Connector,
  target: Target,
  [first, ...others]: readonly ResolvedAddress[],
  done: buildConnector.Callback,
): void {
  if (first === undefined) return done(connectionFault('ENOTFOUND'), null);
  const { protocol, hostname, port } = target;
  // TLS still proves the name.
  const pinned = { ...targetOf(protocol, first.address, port), servername: hostname };
  tunnel(pinned, (...[error, socket]) => {
    if (error === null) done(null, socket);
    else if (others.length === 0) done(error, null);
    else tunnelToFirst(tunnel, target, others, done);
  });
}

/** Addresses that a proxy is asked for at most. */
const MAX_ADDRESSES = 3;

/** IPv4 first: a proxy that has no IPv6 itself is common, one without IPv4 is not. */
const inOrder = (addresses: readonly ResolvedAddress[]): readonly ResolvedAddress[] =>
  addresses.toSorted((a, b) => a.family - b.family).slice(0, MAX_ADDRESSES);

/** Ends a connector at the time limit. A connection that comes later is closed. */
const withinTime =
  (connect: Connector, ms: number): Connector =>
  (target, done) => {
    let isOver = false;
    const end: buildConnector.Callback = (...result) => {
      clearTimeout(timer);
      if (isOver) result[1]?.destroy();
      else done(...result);
      isOver = true;
    };
    const timer = setTimeout(() => end(connectionFault('PROXY_CONNECT_TIMEOUT'), null), ms);
    connect(target, end);
  };
