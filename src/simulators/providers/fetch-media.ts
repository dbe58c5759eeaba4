import type { WantedMedia } from './wanted-clip.ts';

const MAX_BYTES = 100 * 1024 * 1024;

/** Gets the bytes of one medium; undefined where there is nothing to get (an asset's id). */
export type FetchMedia = (
  media: WantedMedia,
  signal: AbortSignal,
) => Promise<Uint8Array | undefined>;

/** Fetches an input over http(s), as a provider does when it starts to work on a task. */
export const fetchMedia: FetchMedia = async ({ address }, signal) => {
  if (address.startsWith('asset:')) return undefined;
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error(`The input answered ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.byteLength > MAX_BYTES) throw new Error('The input is too large');
  return bytes;
};
