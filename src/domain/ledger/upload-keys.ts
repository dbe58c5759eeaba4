import type { MediaKind } from '../routes/options.ts';
import type { ProviderId } from '../routes/provider-traits.ts';

const KINDS = ['image', 'video', 'audio'] as const satisfies readonly MediaKind[];

const ENDINGS: Readonly<Record<MediaKind, string>> = {
  image: '',
  video: '-video',
  audio: '-audio',
};

/** The key of what a provider charges for an upload into its library. */
export function uploadKey(provider: ProviderId, kind: MediaKind): string {
  return `${provider}/upload${ENDINGS[kind]}`;
}

/** What an upload key is for; `undefined` for any other key. */
export function uploadOfKey(
  key: string,
): { readonly provider: ProviderId; readonly kind: MediaKind } | undefined {
  const [provider = ''] = key.split('/');
  const kind = KINDS.find((one) => uploadKey(provider, one) === key);
  return kind && { provider, kind };
}

/** The keys for all kinds. */
export function uploadKeys(provider: ProviderId): string[] {
  return KINDS.map((kind) => uploadKey(provider, kind));
}
