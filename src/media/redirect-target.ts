import type { IncomingMessage } from 'node:http';
import { checkAddress, type TrustedHost } from '../outbound/address-rules.ts';

const redirectStatuses: readonly unknown[] = [301, 302, 303, 307, 308];

/**
 * The target of a redirect. If there are several Location headers, the first allowed one, else the
 * first. `undefined` if the answer is no redirect or has no target.
 */
export function redirectTarget(
  response: IncomingMessage,
  from: URL,
  trustedHosts: readonly TrustedHost[],
): string | undefined {
  if (!redirectStatuses.includes(response.statusCode)) return undefined;
  const targets = (response.headersDistinct['location'] ?? [])
    .map(escapeRawBytes)
    .filter((location) => location.trim() !== '')
    .map((location) => absolute(location, from));
  return targets.find((target) => checkAddress(target, trustedHosts).ok) ?? targets[0];
}

/**
 * Node decodes header bytes as latin1. The server expects exactly these bytes back, but the URL
 * parser would encode each latin1 letter as UTF-8. Percent-escapes keep the bytes, and are also
 * valid in a host.
 */
const escapeRawBytes = (header: string): string =>
  header.replaceAll(
    /[\u0080-\u00FF]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** An unparsable target is returned unchanged. */
const absolute = (location: string, from: URL): string =>
  URL.canParse(location, from.href) ? new URL(location, from).href : location;
