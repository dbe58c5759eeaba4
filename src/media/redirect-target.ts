import type { IncomingMessage } from 'node:http';
import { checkAddress, type TrustedHost } from './address-rules.ts';

const redirectStatuses: readonly unknown[] = [301, 302, 303, 307, 308];

/**
 * Where an answer redirects to, for the rules to judge: of several targets the first that they let
 * pass, else the first one. Nothing: it is no redirect, or one that leads nowhere.
 */
export const redirectTarget = (
  response: IncomingMessage,
  from: URL,
  trustedHosts: readonly TrustedHost[],
): string | undefined => {
  if (!redirectStatuses.includes(response.statusCode)) return undefined;
  const targets = (response.headersDistinct['location'] ?? [])
    .map(escapeRawBytes)
    .filter((location) => location.trim() !== '')
    .map((location) => absolute(location, from));
  return targets.find((target) => checkAddress(target, trustedHosts).ok) ?? targets[0];
};

/**
 * Node gives a header's bytes as latin1. The server wants those very bytes back, whether they are
 * UTF-8 or not; the URL parser would make UTF-8 of each latin1 letter. A host reads escapes too.
 */
const escapeRawBytes = (header: string): string =>
  header.replaceAll(
    /[\u0080-\u00FF]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** An unreadable target stays as it came. */
const absolute = (location: string, from: URL): string =>
  URL.canParse(location, from.href) ? new URL(location, from).href : location;
