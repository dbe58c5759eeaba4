import { isIPv6 } from 'node:net';
import type { buildConnector } from 'undici';

/** Opens a connection and hands it over when it is ready, with its TLS. */
export type Connector = buildConnector.connector;

/** Where a connection leads. */
export interface Target {
  readonly protocol: string;
  /** IPv6 without brackets. */
  readonly hostname: string;
  /** As a URL writes it: IPv6 in brackets, and the port where it is not the scheme's own. */
  readonly host: string;
  /** Empty where it is the scheme's own. */
  readonly port: string;
}

/** Names an origin as connectors expect it; an empty port is the scheme's own. */
export function targetOf(protocol: string, hostname: string, port: string): Target {
  const host = isIPv6(hostname) ? `[${hostname}]` : hostname;
  const isDefault = port === '' || Number(port) === defaultPort(protocol);
  return isDefault
    ? { protocol, hostname, host, port: '' }
    : { protocol, hostname, host: `${host}:${port}`, port };
}

/** The port that a connection goes to. */
export const portOf = ({ protocol, port }: Pick<Target, 'protocol' | 'port'>): number =>
  port === '' ? defaultPort(protocol) : Number(port);

const defaultPort = (protocol: string): number => (protocol === 'http:' ? 80 : 443);
