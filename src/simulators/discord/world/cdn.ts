import type { VirtualClock } from '../clock.ts';
import { createSignedAddresses } from './signed-addresses.ts';

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
  /** Returns a signed address that is valid for at least 23/24 of its lifetime. */
  url(id: string): string;
  proxyUrl(id: string): string;
  file(id: string): CdnFile | undefined;
  readonly remove: (id: string) => void;
  /** Returns the file at an address; `undefined` if unknown, forged, expired or removed. */
  open(path: string, query: URLSearchParams): CdnFile | undefined;
}

const PROXY = '/media';

/** Creates a CDN that serves files at signed addresses. */
export function createCdn(options: {
  readonly clock: VirtualClock;
  readonly origin: () => string;
  readonly lifetimeMs: number;
  /** Total size of the files that are kept; the oldest are removed first. */
  readonly keepBytes: number;
}): Cdn {
  const { clock, origin, lifetimeMs, keepBytes } = options;
  const addresses = createSignedAddresses(clock, lifetimeMs);
  const files = new Map<string, CdnFile>();
  const removed = new Set<string>();
  let storedBytes = 0;

  // Keeps the path, so that later addresses of the removed file look the same.
  function remove(id: string): void {
    const file = files.get(id);
    removed.add(id);
    if (file === undefined) return;
    storedBytes -= file.bytes.byteLength;
    files.set(id, { ...file, bytes: new Uint8Array() });
  }

  function removeOldest(): void {
    for (const id of files.keys()) {
      if (storedBytes <= keepBytes) return;
      if (!removed.has(id)) remove(id);
    }
  }

  function signed(id: string, prefix: string): string {
    const path = files.get(id)?.path ?? `/attachments/0/${id}/unknown`;
    return `${origin()}${prefix}${path}${addresses.query(path)}`;
  }

  return {
    put({ folder, id, filename, contentType, bytes }) {
      const path = `/${folder}/${id}/${encodeURIComponent(filename)}`;
      files.set(id, { id, path, contentType, bytes });
      storedBytes += bytes.byteLength;
      removeOldest();
    },
    url: (id) => signed(id, ''),
    proxyUrl: (id) => signed(id, PROXY),
    file: (id) => (removed.has(id) ? undefined : files.get(id)),
    remove,
    open(requested, query) {
      const path = requested.startsWith(`${PROXY}/`) ? requested.slice(PROXY.length) : requested;
      const file = files.get(path.split('/').at(-2) ?? '');
      const exists = file?.path === path && !removed.has(file.id);
      return exists && addresses.isValid(path, query) ? file : undefined;
    },
  };
}
