import { isIP, isIPv6 } from 'node:net';
import { z } from 'zod';
import type { TrustedMediaHost } from './config.ts';
import { meaning, wrong } from './setting-text.ts';

const ADDRESS_ADVICE =
  'Write an address such as https://example.com, or leave it out for the default';

/** An address to which paths are appended, without a slash at its end. */
export const baseUrl = z
  .string()
  .refine((text) => URL.canParse(text), wrong('is no address', ADDRESS_ADVICE))
  .transform((text) => new URL(text))
  .refine(
    ({ protocol }) => ['https:', 'http:'].includes(protocol),
    wrong('must begin with https:// or http://', ADDRESS_ADVICE),
  )
  .refine(
    ({ username, password }) => username === '' && password === '',
    wrong('carries a user name or password', ADDRESS_ADVICE),
  )
  .refine(
    ({ search, hash }) => search === '' && hash === '',
    wrong('carries a query or a fragment', ADDRESS_ADVICE),
  )
  .transform(({ origin, pathname }) => `${origin}${pathname}`.replace(/\/+$/, ''));

export const discordApiUrl = baseUrl.refine(
  (address) => !/\/v\d+$/.test(address),
  wrong(
    'ends with the version of the API, which is added to it',
    'Leave the version out, as in https://discord.com/api',
  ),
);

const STORE_ADVICE = 'Write sqlite:// and the path of a file, such as sqlite://data/clapper.sqlite';

/** The path of the SQLite file. */
export const storeUrl = z
  .string()
  .transform((text) => /^sqlite:\/\/(.*)$/is.exec(text)?.[1] ?? '')
  .refine((path) => path !== '', wrong('must be sqlite:// and a path', STORE_ADVICE))
  .refine(
    (path) => !path.startsWith(':memory:'),
    wrong('names a store in memory, which forgets paid tasks', STORE_ADVICE),
  )
  .refine((path) => !/[/\\]$/.test(path), wrong('names a folder', STORE_ADVICE));

/** A comma list; what is wrong names the place of the first entry that means nothing, never the entry. */
function list<T>(read: (entry: string) => T | undefined, what: string, todo: string) {
  return z.string().transform((text, context): T[] => {
    const values = listEntries(text).map(read);
    const wrongAt = values.indexOf(undefined);
    if (wrongAt === -1) return values.filter((value) => value !== undefined);
    const message = `has an entry that is no ${what} (entry ${wrongAt + 1})`;
    context.addIssue({ code: 'custom', message, params: { todo } });
    return z.NEVER;
  });
}

/** A comma list of `host`, `host:port`, `[ipv6]` and `[ipv6]:port`. */
export const trustedHosts = list(
  parseTrustedHost,
  'host',
  'Write hosts without https:// and path, with or without a port, between commas: media.local, 10.0.0.5:8080, [::1]:9000',
);

/** A comma list of server ids, each once. */
export const guildIds = list(
  (entry) => (/^\d{1,20}$/.test(entry) ? entry : undefined),
  'server id',
  'Copy the id of each server in Discord (developer mode, Copy Server ID) and put commas between them',
).transform((ids) => [...new Set(ids)]);

/** An address or a name of this machine, to listen on. */
export const listenHost = meaning(
  hostOf,
  wrong(
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

/** As addresses write it in the end: lower case, foreign names in their ASCII form. */
function hostOf(text: string): string | undefined {
  const bare = text.replace(/^\[(.*)\]$/s, '$1');
  if (isIP(bare) !== 0) return bare;
  const address = `http://${text}/`;
  if (/[\s:/\\?#@[\]]/.test(text) || !URL.canParse(address)) return undefined;
  const { hostname } = new URL(address);
  // A name of digits alone would have become an address that nobody wrote.
  if (isIP(hostname) !== 0) return undefined;
  return /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?$/.test(hostname) ? hostname : undefined;
}
