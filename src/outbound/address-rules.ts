import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * A host that the operator allows media from although it is private or uses plain http. Without a
 * port, all its ports are allowed.
 */
export interface TrustedHost {
  readonly host: string;
  readonly port?: number | undefined;
}

export type AddressFault = 'not-a-url' | 'scheme' | 'credentials' | 'port' | 'private-address';

export type CheckedAddress =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly reason: AddressFault };

/**
 * Checks whether media may be fetched from a URL, as far as the URL alone shows. Host names are
 * checked when they are resolved.
 */
export function checkAddress(
  address: string,
  trustedHosts: readonly TrustedHost[],
): CheckedAddress {
  if (!URL.canParse(address)) return { ok: false, reason: 'not-a-url' };
  const url = new URL(address);
  const isHttp = url.protocol === 'http:';
  if (!isHttp && url.protocol !== 'https:') return { ok: false, reason: 'scheme' };
  const port = effectivePort(url);
  const trusted = isTrusted(url.hostname, port, trustedHosts);
  if (isHttp && !trusted) return { ok: false, reason: 'scheme' };
  if (url.username !== '' || url.password !== '') return { ok: false, reason: 'credentials' };
  if (trusted) return { ok: true, url };
  if (port !== 443) return { ok: false, reason: 'port' };
  if (isPrivateLiteral(url.hostname)) return { ok: false, reason: 'private-address' };
  return { ok: true, url };
}

export const isTrusted = (
  host: string,
  port: number,
  trustedHosts: readonly TrustedHost[],
): boolean =>
  trustedHosts.some(
    (trusted) =>
      comparableHost(trusted.host) === comparableHost(host) &&
      (trusted.port === undefined || trusted.port === port),
  );

/**
 * Whether an IP address belongs to the public internet. Anything but a plain IPv4 or IPv6 text
 * counts as not public, since parsers disagree about forms like `010.8.8.8`.
 */
export function isPublicAddress(ip: string): boolean {
  if (isIP(ip) === 0) return false;
  const address = ipaddr.process(ip);
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast';
  if (nat64Prefix.every((part, index) => address.parts[index] === part)) {
    return isPublicAddress(address.toByteArray().slice(12).join('.'));
  }
  // Only 2000::/3 is assigned; outside it are forms that hide an IPv4 address, like ::10.0.0.1.
  return address.range() === 'unicast' && (address.parts[0] ?? 0) >> 13 === 1;
}

/**
 * RFC 6052: DNS64 answers with this prefix for every IPv4 host; refusing it would break IPv6-only
 * networks.
 */
const nat64Prefix = [0x64, 0xff9b, 0, 0, 0, 0];

/** The port of an http or https URL, with the scheme's default. */
function effectivePort(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'http:' ? 80 : 443;
}

/** Whether a host is written as an IP address that is not public. */
export function isPrivateLiteral(host: string): boolean {
  const ip = withoutBrackets(host);
  return isIP(ip) !== 0 && !isPublicAddress(ip);
}

const withoutBrackets = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');

function comparableHost(host: string): string {
  const bare = withoutBrackets(host).toLowerCase();
  return isIP(bare) === 0 ? bare : ipaddr.parse(bare).toString();
}

/**
 * Whether a URL may be shown to members: http(s), no credentials, and a host that does not look
 * private.
 */
export function isShowableAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return false;
  if (url.username !== '' || url.password !== '') return false;
  const host = withoutBrackets(url.hostname);
  if (isIP(host) !== 0) return isPublicAddress(host);
  return (
    host.includes('.') && !/(?:^|\.)(?:localhost|local|internal|lan|home\.arpa)\.?$/i.test(host)
  );
}

/** Whether a host is this machine, as far as it shows without asking a name server. */
export function isLoopbackHost(host: string): boolean {
  const bare = withoutBrackets(host).toLowerCase().replace(/\.$/, '');
  if (isIP(bare) !== 0) return ipaddr.process(bare).range() === 'loopback';
  return bare === 'localhost' || bare.endsWith('.localhost');
}

/** Whether a host is written as an IP address in one of these ranges, such as `10.0.0.0/8`. */
export function isInRange(host: string, ranges: readonly string[]): boolean {
  const bare = withoutBrackets(host);
  if (isIP(bare) === 0) return false;
  const address = ipaddr.process(bare);
  return ranges.some((range) => {
    const [base, bits] = ipaddr.parseCIDR(range);
    return address.kind() === base.kind() && address.match(base, bits);
  });
}
