import { isIP, isIPv6 } from 'node:net';
import { z } from 'zod';
import type { TrustedMediaHost } from './config.ts';
import { parsedBy, problem } from './setting-text.ts';

const ADDRESS_ADVICE =
  'Write an address such as https://example.com, or leave it out for the default';

/** A base URL for paths to be appended to, without a trailing slash. */
export const baseUrl = z
  .string()
  .refine((text) => URL.canParse(text), problem('is no address', ADDRESS_ADVICE))
  .transform((text) => new URL(text))
  .refine(
    ({ protocol }) => ['https:', 'http:'].includes(protocol),
    problem('must begin with https:// or http://', ADDRESS_ADVICE),
  )
  .refine(
    ({ username, password }) => username === '' && password === '',
    problem('carries a user name or password', ADDRESS_ADVICE),
  )
  .refine(
    ({ search, hash }) => search === '' && hash === '',
    problem('carries a query or a fragment', ADDRESS_ADVICE),
  )
  .transform(({ origin, pathname }) => `${origin}${pathname}`.replace(/\/+$/, ''));

/** The root URL of Discord's API, without its version. */
export const discordApiUrl = baseUrl.refine(
  (address) => !/\/v\d+$/.test(address),
  problem(
    'ends with the version of the API, which is added to it',
    'Leave the version out, as in https://discord.com/api',
  ),
);

/** Reads a comma-separated list. A fault gives the position of the first invalid entry, never the entry. */
function commaList<T>(read: (entry: string) => T | undefined, what: string, advice: string) {
  return z.string().transform((text, context): T[] => {
    const values = listEntries(text).map(read);
    const invalidAt = values.indexOf(undefined);
    if (invalidAt === -1) return values.filter((value) => value !== undefined);
    const message = `has an entry that is no ${what} (entry ${invalidAt + 1})`;
    context.addIssue({ code: 'custom', message, params: { advice } });
    return z.NEVER;
  });
}

/** A comma-separated list of `host`, `host:port`, `[ipv6]` and `[ipv6]:port`. */
export const trustedHosts = commaList(
  parseTrustedHost,
  'host',
  'Write hosts without https:// and path, with or without a port, between commas: media.local, 10.0.0.5:8080, [::1]:9000',
);

/** A comma-separated list of server ids, without duplicates. */
export const guildIds = commaList(
  (entry) => (/^\d{1,20}$/.test(entry) ? entry : undefined),
  'server id',
  'Copy the id of each server in Discord (developer mode, Copy Server ID) and put commas between them',
).transform((ids) => [...new Set(ids)]);

/** The IP address or host name to listen on. */
export const listenHost = parsedBy(
  hostOf,
  problem(
    'is no host',
    'Write an address of this machine without a port, such as 0.0.0.0, or leave it out for 127.0.0.1',
  ),
);

function listEntries(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function parseTrustedHost(entry: string): TrustedMediaHost | undefined {
  if (isIPv6(entry)) return { host: entry };
  const [, name, portText] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(entry) ?? [];
  const host = name === undefined ? undefined : hostOf(name);
  if (host === undefined || portText === undefined) {
    return host === undefined ? undefined : { host };
  }
  const port = Number(portText);
  return port >= 1 && port <= 65_535 ? { host, port } : undefined;
}

/** Normalises a host as URLs do: lower case, international names in ASCII. */
function hostOf(text: string): string | undefined {
  const bare = text.replace(/^\[(.*)\]$/s, '$1');
  if (isIP(bare) !== 0) return bare;
  const address = `http://${text}/`;
  if (/[\s:/\\?#@[\]]/.test(text) || !URL.canParse(address)) return undefined;
  const { hostname } = new URL(address);
  // URL parsing turns a name of digits into an IP address, which the operator did not write.
  if (isIP(hostname) !== 0) return undefined;
  return /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?$/.test(hostname) ? hostname : undefined;
}
