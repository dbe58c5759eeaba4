import type { SimulatedAsset } from '../../simulators/providers/library/simulated-asset.ts';
import type { RecordedRequest } from '../../simulators/providers/recorded-request.ts';
import type { SimulatedProviders } from '../../simulators/providers/simulated-providers.ts';
import { digestOf } from './digest.ts';
import type { SharedMedium } from './shared-media.ts';

/** Finds out which medium a request to a library is about, which names no command. */
export interface LibraryReader {
  /** By the address in an upload, or the asset that any other request names. */
  mediumOf(request: Pick<RecordedRequest, 'path' | 'body'>): SharedMedium | undefined;
  mediumAt(url: string): SharedMedium | undefined;
  /** The hash of the content that a request is about, also of one that no member attached. */
  contentOf(request: Pick<RecordedRequest, 'path' | 'body'>): string | undefined;
}

export function createLibraryReader(
  { assets, uploads }: Pick<SimulatedProviders, 'assets' | 'uploads'>,
  media: readonly SharedMedium[],
): LibraryReader {
  const contentAt = (url: string): string | undefined => {
    const named = media.find(({ name }) => url.includes(name));
    const content = named === undefined ? bytesAt(uploads, url) : undefined;
    return named?.sha256 ?? (content && digestOf(content));
  };
  const contentOf: LibraryReader['contentOf'] = (request) => {
    const asset = namedAsset(assets, request);
    if (asset !== undefined) return contentAt(asset.url);
    return addressesIn(request.body)
      .map(contentAt)
      .find((one) => one !== undefined);
  };
  const mediumBy = (hash: string | undefined): SharedMedium | undefined =>
    media.find(({ sha256 }) => sha256 === hash);
  return {
    mediumAt: (url) => mediumBy(contentAt(url)),
    mediumOf: (request) => mediumBy(contentOf(request)),
    contentOf,
  };
}

/** The asset that a request names, by its id or by the name of its upload. */
export function namedAsset(
  assets: readonly SimulatedAsset[],
  { path, body }: Pick<RecordedRequest, 'path' | 'body'>,
): SimulatedAsset | undefined {
  const text = `${path} ${JSON.stringify(body) ?? ''}`;
  return assets.find(({ id, name }) => text.includes(id) || (name !== '' && text.includes(name)));
}

/** What was uploaded to the provider first, or stands in the address itself. */
function bytesAt(uploads: SimulatedProviders['uploads'], url: string): Uint8Array | undefined {
  if (url.startsWith('data:')) return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  return uploads.get(url.slice(url.lastIndexOf('/') + 1))?.content;
}

/** All texts in a body that may be addresses. */
function addressesIn(body: unknown): string[] {
  if (typeof body === 'string') return /^(?:https?|data):/.test(body) ? [body] : [];
  if (typeof body !== 'object' || body === null) return [];
  return Object.values(body).flatMap(addressesIn);
}
