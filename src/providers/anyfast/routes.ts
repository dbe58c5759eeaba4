import { RATIOS } from '../../domain/routes/options.ts';
import type { RouteRules } from '../../domain/routes/route.ts';

const MIB = 1_048_576;

/** AnyFast's routes with every limit from its documents, one limit a line. */
export const ANYFAST_ROUTES: readonly RouteRules[] = [
  {
    title: 'Mini',
    tier: 1,
    model: 'seedance-2.0-mini',
    billing: { unit: 'million_tokens', byResolution: false },
    duration: { min: 4, max: 15, default: 5 },
    output: { kind: 'field', resolutions: ['480p', '720p'], default: '720p' },
    ratios: { accepted: RATIOS, default: 'adaptive' },
    promptAdvice: { chineseChars: 500, englishWords: 1000 },
    editsVideos: true,
    frames: 'first',
    namedAssets: {
      library: 'assets',
      mentions: { image: '@image', video: '@video', audio: '@audio' },
    },
    media: {
      image: {
        maxCount: 9,
        mimeTypes: [
          'image/jpeg',
          'image/png',
          'image/webp',
          'image/bmp',
          'image/tiff',
          'image/gif',
        ],
        maxBytes: 30 * MIB,
      },
      video: {
        maxCount: 3,
        mimeTypes: ['video/mp4', 'video/quicktime'],
        maxBytes: 50 * MIB,
        minSeconds: 2,
        maxSeconds: 15,
        // From AnyFast client code and from ByteDance, which makes the model.
        assumedTotalSeconds: 15,
      },
      audio: {
        maxCount: 3,
        mimeTypes: ['audio/wav', 'audio/mpeg'],
        maxBytes: 15 * MIB,
        minSeconds: 2,
        maxSeconds: 15,
      },
    },
    framesExcludeReferences: true,
    audioNeeds: ['image', 'video'],
    sound: { default: true },
    watermark: { default: false },
    webSearch: 'text-only',
    source: 'AnyFast, seedance-2.0-mini OpenAPI',
  },
];
