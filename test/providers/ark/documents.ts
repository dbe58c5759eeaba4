import type { FileLimits, ProviderDocuments } from '../contract/provider-under-test.ts';
import { ARK_CREATES } from './creates.ts';
import { CREATE, PRICES, QUERY, TUTORIAL } from './pages.ts';
import { ARK_QUERIES } from './queries.ts';

const MIB = 1_048_576;
const SIDE = { min: 300, max: 6000 };
const IMAGES = ['image/jpeg', 'image/png', 'image/webp', 'image/bmp', 'image/tiff', 'image/gif'];
const SEEDANCE_2 = ['seedance-2.0', 'seedance-2.0-fast', 'seedance-2.0-mini'];

/** A model's price keys, by resolution and what they may end with. */
const pricesOf = (
  model: string,
  resolutions: readonly string[],
  endings: readonly string[],
): ProviderDocuments['prices'] =>
  resolutions.flatMap((resolution) =>
    endings.map((ending) => ({
      key: `${model}-${resolution}${ending}`,
      per: 'million_tokens' as const,
    })),
  );

const SMALL = ['480p', '720p'];
const USUAL = [...SMALL, '1080p'];
const WITH_SOUND = ['', '-silent'];
const WITH_VIDEO = ['', '-silent', '-video', '-video-silent'];

/** Files of references, of so many seconds each and together. */
const lasting = (models: readonly string[], seconds: number, source: string): FileLimits[] => [
  {
    models,
    kind: 'image',
    mimeTypes: [...IMAGES, 'image/heic', 'image/heif'],
    maxBytes: 30 * MIB,
    side: SIDE,
    source,
  },
  {
    models,
    kind: 'video',
    mimeTypes: ['video/mp4', 'video/quicktime'],
    maxBytes: 200 * MIB,
    length: { min: 2, max: seconds },
    maxTotalSeconds: seconds,
    side: SIDE,
    source,
  },
  {
    models,
    kind: 'audio',
    mimeTypes: ['audio/wav', 'audio/mpeg'],
    maxBytes: 15 * MIB,
    length: { min: 2, max: seconds },
    maxTotalSeconds: seconds,
    source,
  },
];

const FAILED = ['failed', 'cancelled', 'expired'];

function isFailed(status: unknown): boolean {
  return typeof status === 'string' && FAILED.includes(status.trim().toLowerCase());
}

/** What stands in Ark's documents. */
export const ARK_DOCUMENTS: ProviderDocuments = {
  failureCost: { is: 'released', source: `${PRICES}: only videos that were made are billed` },
  resultHours: { is: 24, source: `${QUERY}: content.video_url is deleted after 24 hours` },
  lateFinishHours: { is: 48, source: `${CREATE}: execution_expires_after is 172800 by default` },
  prices: [
    ...pricesOf('seedance-2.0', [...USUAL, '4k'], WITH_VIDEO),
    ...pricesOf('seedance-2.0-fast', SMALL, WITH_VIDEO),
    ...pricesOf('seedance-2.0-mini', SMALL, WITH_VIDEO),
    ...pricesOf('seedance-2.5', USUAL, WITH_VIDEO),
    ...pricesOf('seedance-1.5-pro', USUAL, WITH_SOUND),
    ...pricesOf('seedance-1.0-pro', USUAL, ['']),
    ...pricesOf('seedance-1.0-pro-fast', USUAL, ['']),
    ...pricesOf('seedance-1.0-lite', USUAL, ['']),
  ],
  files: [
    ...lasting(SEEDANCE_2, 15, CREATE),
    ...lasting(['seedance-2.5'], 30, TUTORIAL),
    {
      models: ['seedance-1.0-lite'],
      kind: 'image',
      mimeTypes: IMAGES,
      maxBytes: 30 * MIB,
      side: SIDE,
      source: CREATE,
    },
  ],
  creates: ARK_CREATES,
  queries: ARK_QUERIES,
  task: ({ status, url, usage, reason }) => ({
    id: 'cgt-1',
    model: 'm',
    status,
    // Only what failed has one.
    error: reason !== undefined && isFailed(status) ? { code: 'Odd', message: reason } : null,
    ...(url === undefined ? {} : { content: { video_url: url } }),
    ...(usage === undefined ? {} : { usage }),
  }),
  words: {
    is: {
      pending: ['queued', 'running'],
      finished: ['succeeded'],
      failed: FAILED,
    },
    source: QUERY,
  },
};
