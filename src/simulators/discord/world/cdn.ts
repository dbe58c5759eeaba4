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
  /** A signed address, good for at least most of its lifetime. */
  url(id: string): string;
  proxyUrl(id: string): string;
  file(id: string): CdnFile | undefined;
  readonly remove: (id: string) => void;
  /** What the address shows now; undefined when it is unknown, forged, expired or removed. */
  open(path: string, query: URLSearchParams): CdnFile | undefined;
}

const PROXY = '/media';

/** Files behind signed addresses. */
export function createCdn(options: {
  readonly clock: VirtualClock;
  readonly origin: () => string;
  readonly lifetimeMs: number;
  /** Of all files together; the oldest are removed first. */
  readonly keepBytes: number;
}): Cdn {
  const { clock, origin, lifetimeMs, keepBytes } = options;
  const addresses = createSignedAddresses(clock, lifetimeMs);
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
      if (heldBytes <= keepBytes) return;
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
      const isThere = file?.path === path && !removed.has(file.id);
      return isThere && addresses.isGood(path, query) ? file : undefined;
    },
  };
}
