import type { MediaKind } from '../routes/options.ts';
import type { ProviderId } from '../routes/provider-traits.ts';

const ENDINGS: Readonly<Record<MediaKind, string>> = {
  image: '',
  video: '-video',
  audio: '-audio',
};

/** The key of what a provider charges for an upload into its library. */
export function uploadKey(provider: ProviderId, kind: MediaKind): string {
  return `${provider}/upload${ENDINGS[kind]}`;
}

/** The keys for all kinds. */
export function uploadKeys(provider: ProviderId): string[] {
  return (['image', 'video', 'audio'] as const).map((kind) => uploadKey(provider, kind));
}
