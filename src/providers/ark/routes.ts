import { RATIOS } from '../../domain/routes/options.ts';
import type { Resolution } from '../../domain/routes/options.ts';
import type { RouteRules } from '../../domain/routes/route.ts';

const MIB = 1_048_576;
const SHAPES = RATIOS.filter((ratio) => ratio !== 'adaptive');

const IMAGE = {
  mimeTypes: ['image/jpeg', 'image/png', 'image/webp', 'image/bmp', 'image/tiff', 'image/gif'],
  maxBytes: 30 * MIB,
  side: { min: 300, max: 6000 },
} as const;
/** From Seedance 1.5 on. */
const NEWER_IMAGE = { ...IMAGE, mimeTypes: [...IMAGE.mimeTypes, 'image/heic', 'image/heif'] };

/** Reference videos and sounds, of so many seconds each and together. */
function references(maxCount: number, maxSeconds: number) {
  const lengths = { maxCount, minSeconds: 2, maxSeconds, maxTotalSeconds: maxSeconds };
  return {
    video: {
      ...lengths,
      mimeTypes: ['video/mp4', 'video/quicktime'],
      maxBytes: 200 * MIB,
      side: IMAGE.side,
    },
    audio: { ...lengths, mimeTypes: ['audio/wav', 'audio/mpeg'], maxBytes: 15 * MIB },
  } as const;
}

const output = (standard: Resolution, ...resolutions: Resolution[]) =>
  ({ kind: 'field', resolutions, default: standard }) as const;

const COMMON = {
  frames: 'first',
  framesExcludeReferences: true,
  watermark: { default: false },
  promptAdvice: { chineseChars: 500, englishWords: 1000 },
} as const satisfies Partial<RouteRules>;

const seedance2 = (
  names: Pick<RouteRules, 'title' | 'model' | 'tier'>,
  ...resolutions: Resolution[]
): RouteRules => ({
  ...COMMON,
  ...names,
  billing: { unit: 'million_tokens', byResolution: true, hasSeparateVideoPrice: true },
  duration: { min: 4, max: 15, default: 5 },
  output: output('720p', ...resolutions),
  ratios: { accepted: RATIOS, default: 'adaptive' },
  editsVideos: true,
  media: { image: { ...NEWER_IMAGE, maxCount: 9 }, ...references(3, 15) },
  audioNeeds: ['image', 'video'],
  sound: { default: true },
  webSearch: 'text-only',
  source: 'Seedance 2.0 series; create API',
});

/** Those that make no sound. What their documents do not give is the resolution of a bill. */
const seedance1 = (
  names: Pick<RouteRules, 'title' | 'model' | 'tier' | 'output' | 'source'>,
  others: Partial<RouteRules> = {},
): RouteRules => ({
  ...COMMON,
  ...names,
  billing: { unit: 'million_tokens', byResolution: true },
  duration: { min: 2, max: 12, default: 5 },
  // Of words 16:9, with a picture adaptive: so no default that always holds.
  ratios: { accepted: RATIOS, ofText: SHAPES },
  media: { image: 'not-taken', video: 'not-taken', audio: 'not-taken' },
  isSilent: true,
  ...others,
});

const CREATE_API = 'create API; capability table';

/** Its routes with every limit of its documents, by which `readme.md` grades them. */
export const ARK_ROUTES: readonly RouteRules[] = [
  seedance2(
    { title: 'Seedance 2.0', model: 'seedance-2.0', tier: 4 },
    '480p',
    '720p',
    '1080p',
    '4k',
  ),
  seedance2({ title: 'Seedance 2.0 Fast', model: 'seedance-2.0-fast', tier: 2 }, '480p', '720p'),
  seedance2({ title: 'Seedance 2.0 Mini', model: 'seedance-2.0-mini', tier: 1 }, '480p', '720p'),
  {
    ...COMMON,
    title: 'Seedance 2.5',
    model: 'seedance-2.5',
    tier: 5,
    billing: { unit: 'million_tokens', byResolution: true, hasSeparateVideoPrice: true },
    duration: { min: 4, max: 30, default: 5 },
    output: output('720p', '480p', '720p', '1080p'),
    ratios: { accepted: RATIOS, default: 'adaptive', withFrames: ['adaptive'] },
    // It edits videos only at the length of the clip, which is not sent.
    media: { image: { ...NEWER_IMAGE, maxCount: 30 }, ...references(10, 30) },
    sound: { default: true },
    source: 'Seedance 2.5 tutorial',
  },
  {
    ...COMMON,
    title: 'Seedance 1.5 Pro',
    model: 'seedance-1.5-pro',
    tier: 3,
    billing: { unit: 'million_tokens', byResolution: true },
    duration: { min: 4, max: 12, default: 5 },
    output: output('720p', '480p', '720p', '1080p'),
    ratios: { accepted: RATIOS, default: 'adaptive' },
    media: { image: 'not-taken', video: 'not-taken', audio: 'not-taken' },
    sound: { default: true },
    source: CREATE_API,
  },
  seedance1({
    title: 'Seedance 1.0 Pro',
    model: 'seedance-1.0-pro',
    tier: 2,
    output: output('1080p', '480p', '720p', '1080p'),
    source: CREATE_API,
  }),
  seedance1(
    {
      title: 'Seedance 1.0 Pro Fast',
      model: 'seedance-1.0-pro-fast',
      tier: 1,
      output: output('1080p', '480p', '720p', '1080p'),
      source: CREATE_API,
    },
    { frames: 'first-only' },
  ),
  seedance1(
    {
      title: 'Seedance 1.0 Lite',
      model: 'seedance-1.0-lite',
      tier: 1,
      output: {
        ...output('720p', '480p', '720p', '1080p'),
        withReferences: ['480p', '720p'],
      },
      source: 'create API of Volcengine',
    },
    {
      mediaModel: 'seedance-1.0-lite-i2v',
      media: { image: { ...IMAGE, maxCount: 4 }, video: 'not-taken', audio: 'not-taken' },
    },
  ),
];
