import { RATIOS } from '../../domain/routes/options.ts';
import type { Ratio } from '../../domain/routes/options.ts';
import type { MediaLimits, RouteRules } from '../../domain/routes/route.ts';

const MIB = 1_048_576;

const SIX_RATIOS = ['16:9', '9:16', '1:1', '4:3', '3:4', '21:9'] as const satisfies Ratio[];
const THREE_RATIOS = ['16:9', '9:16', '1:1'] as const satisfies Ratio[];

/** No limits in the documents: only those of `/video` apply (9 images, 3 videos, 3 audio clips). */
const UNLIMITED: MediaLimits = {};

const common = { framesExcludeReferences: false } as const;

/** SP economy and official share one document page and one set of limits. */
const sp = {
  ...common,
  billing: { unit: 'second', byResolution: true },
  duration: { min: 4, max: 15, default: 5 },
  output: { kind: 'field', resolutions: ['480p', '720p', '1080p'], default: '720p' },
  ratios: { accepted: RATIOS },
  frames: 'any',
  media: { image: UNLIMITED, video: UNLIMITED, audio: UNLIMITED },
  audioNeeds: ['image', 'video', 'frame'],
  source: 'Jimmy AI, SP Create Video',
} as const;

/**
 * What uploaded assets are for, by the documents of the library. How a prompt names a reference
 * stands in no document of Jimmy AI: this is what a working client of its MD routes writes.
 */
const spAssets = {
  namedAssets: {
    library: 'sp',
    mentions: { image: '@图片', video: '@视频', audio: '@音频' },
  },
} as const;

/** The schema says it of reference videos; the project holds pictures to the same. */
const MD_SIDE = { min: 720, max: 2160 } as const;

const md = {
  ...common,
  billing: { unit: 'task', byResolution: false },
  duration: { min: 1, max: 15, default: 5 },
  output: { kind: 'fixed', resolution: '720p' },
  ratios: { accepted: THREE_RATIOS, default: '16:9' },
  promptMaxChars: 5000,
  frames: 'pair',
  media: {
    image: { maxCount: 4, refusedMimeTypes: ['image/gif'], side: MD_SIDE },
    video: {
      maxCount: 3,
      maxTotalSeconds: 15,
      maxTotalBytes: 200 * MIB,
      side: MD_SIDE,
    },
    audio: 'not-taken',
  },
  source: 'Jimmy AI, MD Create Video and the schema of the shared endpoint',
} as const;

/**
 * Full: all media must be `asset://`, so without an asset library it accepts only text. What it takes
 * by one stands in no document of Jimmy AI: it is what its probable supplier writes.
 */
const full = {
  ...common,
  // Whether reference videos are billed stands in no document: their seconds are reserved.
  billing: { unit: 'second', byResolution: true, assumesAllReferences: true },
  duration: { min: 4, max: 12, default: 5 },
  ratios: { accepted: RATIOS },
  frames: 'asset-library-only',
  media: {
    image: 'asset-library-only',
    video: 'asset-library-only',
    audio: 'asset-library-only',
  },
  byLibrary: {
    library: 'full',
    frames: 'first',
    framesExcludeReferences: true,
    audioNeeds: ['image', 'video', 'frame'],
    media: { image: UNLIMITED, video: { assumedTotalSeconds: 15 }, audio: UNLIMITED },
  },
  source: 'Jimmy AI, Create Seedance Full Video and the schema of the shared endpoint',
} as const;

/** Jimmy AI's routes with every limit from its documents, one limit a line. */
export const JIMMY_ROUTES: readonly RouteRules[] = [
  {
    ...sp,
    title: 'Mini Special',
    chineseTitle: 'Mini 特价版',
    tier: 1,
    model: 'seedance2.0-mini-sp',
    billing: { unit: 'task', byResolution: true },
    output: { kind: 'field', resolutions: ['480p', '720p'], default: '720p' },
    source: 'Jimmy AI, Mini Special Create Video',
  },
  {
    ...common,
    title: 'Fast I2V',
    tier: 2,
    model: 'seedance2.0-fast-i2v',
    billing: { unit: 'task', byResolution: false },
    duration: { min: 1, max: 15, default: 5 },
    output: { kind: 'fixed', resolution: '720p' },
    ratios: { accepted: THREE_RATIOS, default: '16:9' },
    promptMaxChars: 5000,
    frames: 'any',
    media: { image: { maxCount: 9 }, video: 'not-taken', audio: 'not-taken' },
    source: 'Jimmy AI, Fast I2V Create Video',
  },
  {
    ...sp,
    ...spAssets,
    title: 'SP',
    chineseTitle: 'SP 经济版',
    tier: 3,
    model: 'seedance2.0-sp',
  },
  {
    ...sp,
    ...spAssets,
    title: 'SP Fast',
    chineseTitle: 'SP 经济版',
    tier: 2,
    model: 'seedance2.0-fast-sp',
  },
  {
    ...sp,
    ...spAssets,
    title: 'SP Official',
    chineseTitle: 'SP 官方版',
    tier: 4,
    model: 'seedance2.0-of-sp',
  },
  {
    ...sp,
    ...spAssets,
    title: 'SP Official Fast',
    chineseTitle: 'SP 官方版',
    tier: 2,
    model: 'seedance2.0-of-fast-sp',
  },
  {
    ...common,
    title: 'Mini',
    chineseTitle: 'Mini 版',
    tier: 1,
    model: 'seedance2.0-mini',
    videoModel: 'seedance2.0-mini-video',
    billing: {
      unit: 'second',
      byResolution: true,
      hasSeparateVideoPrice: true,
      addsFirstReference: true,
    },
    duration: { min: 4, max: 15, default: 5 },
    output: { kind: 'field', resolutions: ['480p', '720p', '1080p'], default: '720p' },
    ratios: { accepted: RATIOS },
    frames: 'any',
    // Its page gives no length: 15 s is what ByteDance, which makes the model, takes together.
    media: { image: UNLIMITED, video: { assumedTotalSeconds: 15 }, audio: UNLIMITED },
    source: 'Jimmy AI, Mini Create Video',
  },
  {
    ...md,
    title: 'MD',
    tier: 3,
    model: 'seedance2.0-md',
  },
  {
    ...md,
    title: 'MD Fast',
    tier: 2,
    model: 'seedance2.0-fast-md',
  },
  {
    ...common,
    title: 'STD',
    chineseTitle: 'STD 标准版',
    tier: 3,
    model: 'seedance2.0-std',
    billing: { unit: 'task', byResolution: false },
    duration: { min: 4, max: 15, default: 5 },
    output: { kind: 'fixed', resolution: '720p' },
    ratios: { accepted: SIX_RATIOS, default: '16:9' },
    frames: 'any',
    media: { image: { maxCount: 9 }, video: UNLIMITED, audio: { maxCount: 3 } },
    audioExcludesFrames: true,
    source: 'Jimmy AI, STD Create Video and the schema of the shared endpoint',
  },
  {
    ...full,
    title: 'Full',
    chineseTitle: '满血版',
    tier: 5,
    model: 'sd2_mx',
    videoModel: 'sd2_mx_video',
    output: { kind: 'model', resolutions: ['720p', '1080p', '2k', '4k'], default: '720p' },
  },
  {
    ...full,
    title: 'Full Fast',
    chineseTitle: '满血版',
    tier: 2,
    model: 'sd2_mx_fast',
    videoModel: 'sd2_mx_video_fast',
    output: { kind: 'model', resolutions: ['720p', '1080p'], default: '720p' },
  },
];
