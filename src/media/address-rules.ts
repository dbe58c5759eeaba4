import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A host the operator lets media come from although it is private or plain http; without a port, every port of it. */
export type TrustedHost = { readonly host: string; readonly port?: number | undefined };

export type AddressFault = 'not-a-url' | 'scheme' | 'credentials' | 'port' | 'private-address';

export type CheckedAddress =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly reason: AddressFault };

/** Says whether media may be fetched from an address, as far as the address alone can tell: names are judged when resolved. */
export const checkAddress = (
  address: string,
  trustedHosts: readonly TrustedHost[],
): CheckedAddress => {
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
};

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
 * Says whether an IP address is one of the public internet. Fails closed: anything but a plain
 * IPv4 or IPv6 text is not public, since `010.8.8.8` means different hosts to different readers.
 */
export const isPublicAddress = (ip: string): boolean => {
  if (isIP(ip) === 0) return false;
  const address = ipaddr.process(ip);
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast';
  if (nat64Prefix.every((part, index) => address.parts[index] === part)) {
    return isPublicAddress(address.toByteArray().slice(12).join('.'));
  }
  // Only 2000::/3 is handed out; outside it lie forms that hide an IPv4 address, like ::10.0.0.1.
  return address.range() === 'unicast' && (address.parts[0] ?? 0) >> 13 === 1;
};

/** RFC 6052: DNS64 answers with it for every IPv4 host, so that refusing it cuts off IPv6-only networks. */
const nat64Prefix = [0x64, 0xff9b, 0, 0, 0, 0];

/** The port that an http or https address leads to. */
export const effectivePort = (url: URL): number => {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'http:' ? 80 : 443;
};

/** Says whether a host is written as an IP address, and not a public one. */
export const isPrivateLiteral = (host: string): boolean => {
  const ip = withoutBrackets(host);
  return isIP(ip) !== 0 && !isPublicAddress(ip);
};

const withoutBrackets = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');

const comparableHost = (host: string): string => {
  const bare = withoutBrackets(host).toLowerCase();
  return isIP(bare) === 0 ? bare : ipaddr.parse(bare).toString();
};

/** Whether people may be shown an address: http(s), no credentials, and no private host by its name alone. */
export const isShowableAddress = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return false;
  if (url.username !== '' || url.password !== '') return false;
  const host = withoutBrackets(url.hostname);
  if (isIP(host) !== 0) return isPublicAddress(host);
  return (
    host.includes('.') && !/(?:^|\.)(?:localhost|local|internal|lan|home\.arpa)\.?$/i.test(host)
  );
};
