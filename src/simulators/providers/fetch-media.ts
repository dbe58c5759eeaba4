import type { RequestedMedia } from './requested-clip.ts';

const MAX_BYTES = 100 * 1024 * 1024;

/** Fetches the bytes of one medium; `undefined` when there is nothing to fetch (an asset id). */
export type FetchMedia = (
  media: RequestedMedia,
  signal: AbortSignal,
) => Promise<Uint8Array | undefined>;

/** Fetches what lies in a library from where it came. */
export function fromLibraries(
  assets: readonly { readonly id: string; readonly url: string }[],
  fetchOne: FetchMedia,
): FetchMedia {
  return async (media, signal) => {
    const asset = assets.find(({ id }) => media.address === `asset://${id}`);
    return fetchOne(asset === undefined ? media : { ...media, address: asset.url }, signal);
  };
}

/** Fetches an input over http(s), as a provider does when it starts a task. */
export const fetchMedia: FetchMedia = async ({ address }, signal) => {
  if (address.startsWith('asset:')) return undefined;
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error(`The input answered ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.byteLength > MAX_BYTES) throw new Error('The input is too large');
  return bytes;
};
