import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { keepNewestOf } from '../keep-newest.ts';
import type { VirtualClock } from '../clock.ts';

/** For this part of its lifetime an address is given out again. */
const SAME_PART = 24;
const MAX_ADDRESSES = 10_000;

/** The queries `ex`, `is` (hex seconds) and `hm`, by which an address is good for a while. */
export interface SignedAddresses {
  /** The same for a while: a client that shows an edited message loads none of its files anew. */
  query(path: string): string;
  isGood(path: string, query: URLSearchParams): boolean;
}

function hexSeconds(ms: number): string {
  return Math.floor(ms / 1000).toString(16);
}

export function createSignedAddresses(clock: VirtualClock, lifetimeMs: number): SignedAddresses {
  const secret = randomBytes(32);
  const given = new Map<string, { readonly query: string; readonly at: number }>();

  const sign = (path: string, expires: string, issued: string): string =>
    createHmac('sha256', secret).update(`${path}|${expires}|${issued}`).digest('hex');

  return {
    query(path) {
      const known = given.get(path);
      const at = clock.now();
      if (known !== undefined && at < known.at + lifetimeMs / SAME_PART) return known.query;
      const issued = hexSeconds(at);
      const expires = hexSeconds(at + lifetimeMs);
      const query = `?ex=${expires}&is=${issued}&hm=${sign(path, expires, issued)}&`;
      given.set(path, { query, at });
      keepNewestOf(given, MAX_ADDRESSES);
      return query;
    },
    isGood(path, query) {
      const [expires = '', issued = '', hm = ''] = ['ex', 'is', 'hm'].map(
        (name) => query.get(name) ?? '',
      );
      const wanted = Buffer.from(sign(path, expires, issued));
      const shown = Buffer.from(hm);
      const isGenuine = wanted.length === shown.length && timingSafeEqual(wanted, shown);
      return isGenuine && Number.parseInt(expires, 16) * 1000 > clock.now();
    },
  };
}
