import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { keepNewestEntries } from '../keep-newest.ts';
import type { VirtualClock } from '../clock.ts';

/** The same address is returned again for 1/24 of its lifetime. */
const REUSE_DIVISOR = 24;
const MAX_ADDRESSES = 10_000;

/** Queries `ex`, `is` (hex seconds) and `hm` (signature) that make an address valid for a time. */
export interface SignedAddresses {
  /** Returns the same query for a while, so that clients do not reload files after an edit. */
  query(path: string): string;
  isValid(path: string, query: URLSearchParams): boolean;
}

function hexSeconds(ms: number): string {
  return Math.floor(ms / 1000).toString(16);
}

export function createSignedAddresses(clock: VirtualClock, lifetimeMs: number): SignedAddresses {
  const secret = randomBytes(32);
  const issuedQueries = new Map<string, { readonly query: string; readonly at: number }>();

  const sign = (path: string, expires: string, issued: string): string =>
    createHmac('sha256', secret).update(`${path}|${expires}|${issued}`).digest('hex');

  return {
    query(path) {
      const known = issuedQueries.get(path);
      const at = clock.now();
      if (known !== undefined && at < known.at + lifetimeMs / REUSE_DIVISOR) return known.query;
      const issued = hexSeconds(at);
      const expires = hexSeconds(at + lifetimeMs);
      const query = `?ex=${expires}&is=${issued}&hm=${sign(path, expires, issued)}&`;
      issuedQueries.set(path, { query, at });
      keepNewestEntries(issuedQueries, MAX_ADDRESSES);
      return query;
    },
    isValid(path, query) {
      const [expires = '', issued = '', hm = ''] = ['ex', 'is', 'hm'].map(
        (name) => query.get(name) ?? '',
      );
      const expected = Buffer.from(sign(path, expires, issued));
      const actual = Buffer.from(hm);
      const isSignatureValid =
        expected.length === actual.length && timingSafeEqual(expected, actual);
      return isSignatureValid && Number.parseInt(expires, 16) * 1000 > clock.now();
    },
  };
}
