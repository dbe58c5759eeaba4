import { isIP, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { canDecode } from './can-decode.ts';
import { problem } from './setting-text.ts';

const PROXY_ADVICE =
  'Write http:// or https:// with host and port, such as http://proxy.example:3128, or leave it out to go without';

/** The URL of an HTTP proxy, which may carry a user name and a password. */
export const proxyUrl = z
  .string()
  .refine(
    (text) => !/^socks/i.test(text),
    problem('is a SOCKS proxy, which the bot cannot use', PROXY_ADVICE),
  )
  .refine(
    (text) => /^https?:\/\//i.test(text) && URL.canParse(text),
    problem('is no address that begins with http:// or https://', PROXY_ADVICE),
  )
  .transform((text) => new URL(text))
  .refine(
    ({ pathname, search, hash }) => pathname === '/' && search === '' && hash === '',
    problem('carries a path, a query or a fragment', PROXY_ADVICE),
  )
  .refine(
    ({ username, password }) => (username === '') === (password === ''),
    problem('carries a user name without a password, or the reverse', PROXY_ADVICE),
  )
  .refine(
    ({ username, password }) => canDecode(username) && canDecode(password),
    problem('carries a user name or password with a stray %', 'Write % itself as %25'),
  )
  .transform(({ href }) => href);

/** The hosts of `NO_PROXY`. */
export interface ProxyExceptions {
  /** Names, their subdomains, and addresses, with or without a port, as undici reads them. */
  readonly hosts: string;
  /** Ranges of addresses: `10.0.0.0/8`. */
  readonly ranges: readonly string[];
}

/** A list of hosts and ranges, with commas or blanks; `*` is every host. */
export const noProxy = z.string().transform((text, context): ProxyExceptions => {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
  if (entries.includes('*')) return { hosts: '*', ranges: [] };
  const ranges = entries.filter((entry) => ipaddr.isValidCIDR(entry));
  const others = entries.filter((entry) => !ranges.includes(entry)).map(readHost);
  const invalid = others.indexOf(undefined);
  if (invalid === -1) return { hosts: others.join(','), ranges };
  const position = entries.indexOf(
    entries.filter((entry) => !ranges.includes(entry))[invalid] ?? '',
  );
  context.addIssue({
    code: 'custom',
    message: `has an entry that is no host (entry ${position + 1})`,
    params: {
      advice:
        'Write names (which include their subdomains), addresses and ranges between commas: example.com, 10.0.0.5:8080, 10.0.0.0/8',
    },
  });
  return z.NEVER;
});

/** An entry as undici reads it; `undefined` for forms that it would never find. */
function readHost(entry: string): string | undefined {
  if (isIPv6(entry)) return `[${entry.toLowerCase()}]`;
  const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:]*)((?::\d{1,5})?)$/.exec(entry) ?? [];
  if (host.startsWith('[')) return isIP(host.slice(1, -1)) === 6 ? host + port : undefined;
  return /^(?:\*?\.)?[\w-]+(?:\.[\w-]+)*\.?$/.test(host) ? host + port : undefined;
}
