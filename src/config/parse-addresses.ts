import { isIP, isIPv6 } from 'node:net';
import type { TrustedMediaHost } from './config.ts';
import type { Parse, Parsed } from './config-fault.ts';

/** An address to which paths are appended. */
export const parseBaseUrl: Parse<string> = (text) => {
  const todo = 'Write an address such as https://example.com, or leave it out for the default';
  if (!URL.canParse(text)) return { ok: false, wrong: 'is no address', todo };
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { ok: false, wrong: 'must begin with https:// or http://', todo };
  }
  if (url.username !== '' || url.password !== '') {
    return { ok: false, wrong: 'carries a user name or password', todo };
  }
  if (url.search !== '' || url.hash !== '') {
    return { ok: false, wrong: 'carries a query or a fragment', todo };
  }
  return { ok: true, value: `${url.origin}${url.pathname}`.replace(/\/+$/, '') };
};

export const parseDiscordApiUrl: Parse<string> = (text) => {
  const parsed = parseBaseUrl(text);
  if (!parsed.ok || !/\/v\d+$/.test(parsed.value)) return parsed;
  return {
    ok: false,
    wrong: 'ends with the version of the API, which is added to it',
    todo: 'Leave the version out, as in https://discord.com/api',
  };
};

/** The path of the SQLite file. */
export const parseStoreUrl: Parse<string> = (text) => {
  const [, path = ''] = /^sqlite:\/\/(.*)$/is.exec(text) ?? [];
  const todo = 'Write sqlite:// and the path of a file, such as sqlite://data/clapper.sqlite';
  if (path === '') return { ok: false, wrong: 'must be sqlite:// and a path', todo };
  if (path.startsWith(':memory:')) {
    return { ok: false, wrong: 'names a store in memory, which forgets paid tasks', todo };
  }
  if (/[/\\]$/.test(path)) return { ok: false, wrong: 'names a folder', todo };
  return { ok: true, value: path };
};

/** A comma list of `host`, `host:port`, `[ipv6]` and `[ipv6]:port`. */
export const parseTrustedHosts: Parse<TrustedMediaHost[]> = (text) => {
  const hosts = listEntries(text).map((entry) => parseTrustedHost(entry));
  const wrongAt = hosts.indexOf(undefined);
  if (wrongAt === -1) return { ok: true, value: hosts.filter((host) => host !== undefined) };
  return {
    ok: false,
    wrong: `has an entry that is no host (entry ${wrongAt + 1})`,
    todo: 'Write hosts without https:// and path, with or without a port, between commas: media.local, 10.0.0.5:8080, [::1]:9000',
  };
};

/** A comma list of server ids, each once. */
export const parseGuildIds: Parse<string[]> = (text) => {
  const ids = listEntries(text);
  const wrongAt = ids.findIndex((id) => !/^\d{1,20}$/.test(id));
  if (wrongAt === -1) return { ok: true, value: [...new Set(ids)] };
  return {
    ok: false,
    wrong: `has an entry that is no server id (entry ${wrongAt + 1})`,
    todo: 'Copy the id of each server in Discord (developer mode, Copy Server ID) and put commas between them',
  };
};

/** An address or a name of this machine, to listen on. */
export const parseListenHost: Parse<string> = (text): Parsed<string> => {
  const host = hostOf(text);
  if (host !== undefined) return { ok: true, value: host };
  return {
    ok: false,
    wrong: 'is no host',
    todo: 'Write an address of this machine without a port, such as 0.0.0.0, or leave it out for 127.0.0.1',
  };
};

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
  if (host === undefined || portText === undefined)
    return host === undefined ? undefined : { host };
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
