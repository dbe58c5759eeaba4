import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { VirtualClock } from '../clock.ts';

interface CdnFile {
  readonly id: string;
  /** `/attachments/CHANNEL/ID/NAME` or `/ephemeral-attachments/APP/ID/NAME`, encoded. */
  readonly path: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export interface Cdn {
  put(file: {
    readonly folder: string;
    readonly id: string;
    readonly filename: string;
    readonly contentType: string;
    readonly bytes: Uint8Array;
  }): void;
  /** A freshly signed address. */
  url(id: string): string;
  proxyUrl(id: string): string;
  file(id: string): CdnFile | undefined;
  readonly remove: (id: string) => void;
  /** What the address shows now; undefined when it is unknown, forged, expired or removed. */
  open(path: string, query: URLSearchParams): CdnFile | undefined;
}

const PROXY = '/media';

function sign(secret: Uint8Array, path: string, expires: string, issued: string): string {
  return createHmac('sha256', secret).update(`${path}|${expires}|${issued}`).digest('hex');
}

function hexSeconds(ms: number): string {
  return Math.floor(ms / 1000).toString(16);
}

/** Files behind signed addresses with `ex`, `is` (hex seconds) and `hm`. */
export function createCdn(options: {
  readonly clock: VirtualClock;
  readonly origin: () => string;
  readonly lifetimeMs: number;
  /** Of all files together; the oldest are removed first. */
  readonly keepBytes: number;
}): Cdn {
  const { clock } = options;
  const secret = randomBytes(32);
  const files = new Map<string, CdnFile>();
  const removed = new Set<string>();
  let heldBytes = 0;

  // The path stays: an address of what was removed still looks like the one it had.
  function remove(id: string): void {
    const file = files.get(id);
    removed.add(id);
    if (file === undefined) return;
    heldBytes -= file.bytes.byteLength;
    files.set(id, { ...file, bytes: new Uint8Array() });
  }

  function makeRoom(): void {
    for (const id of files.keys()) {
      if (heldBytes <= options.keepBytes) return;
      if (!removed.has(id)) remove(id);
    }
  }

  function signed(id: string, prefix: string): string {
    const path = files.get(id)?.path ?? `/attachments/0/${id}/unknown`;
    const issued = hexSeconds(clock.now());
    const expires = hexSeconds(clock.now() + options.lifetimeMs);
    const hm = sign(secret, path, expires, issued);
    return `${options.origin()}${prefix}${path}?ex=${expires}&is=${issued}&hm=${hm}&`;
  }

  return {
    put({ folder, id, filename, contentType, bytes }) {
      const path = `/${folder}/${id}/${encodeURIComponent(filename)}`;
      files.set(id, { id, path, contentType, bytes });
      heldBytes += bytes.byteLength;
      makeRoom();
    },
    url: (id) => signed(id, ''),
    proxyUrl: (id) => signed(id, PROXY),
    file: (id) => (removed.has(id) ? undefined : files.get(id)),
    remove,
    open(requested, query) {
      const path = requested.startsWith(`${PROXY}/`) ? requested.slice(PROXY.length) : requested;
      const file = files.get(path.split('/').at(-2) ?? '');
      const [expires, issued, hm] = ['ex', 'is', 'hm'].map((name) => query.get(name) ?? '');
      if (file?.path !== path || removed.has(file.id) || expires === undefined) {
        return undefined;
      }
      const wanted = Buffer.from(sign(secret, path, expires, issued ?? ''));
      const given = Buffer.from(hm ?? '');
      const genuine = wanted.length === given.length && timingSafeEqual(wanted, given);
      return genuine && Number.parseInt(expires, 16) * 1000 > clock.now() ? file : undefined;
    },
  };
}
