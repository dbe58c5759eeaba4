import { RATIOS } from './options.ts';
import type { Ratio } from './options.ts';
import { ROUTE_IDS } from './route.ts';
import type { MediaLimits, Route, RouteId } from './route.ts';

const DAY_MS = 86_400_000;
const MIB = 1_048_576;

const SIX_RATIOS = ['16:9', '9:16', '1:1', '4:3', '3:4', '21:9'] as const satisfies Ratio[];
const THREE_RATIOS = ['16:9', '9:16', '1:1'] as const satisfies Ratio[];

/** The media counts of `/video` itself: 9 images, 3 videos, 3 audio clips; no document limits. */
const UNLIMITED: MediaLimits = {};

const jimmy = {
  provider: 'jimmy',
  framesExcludeReferences: false,
  resultRetentionMs: 3 * DAY_MS,
} as const;

/** SP economy and official: one page, one set of limits. */
const sp = {
  ...jimmy,
  billing: { unit: 'second', byResolution: true },
  duration: { min: 4, max: 15, default: 5 },
  output: { kind: 'field', resolutions: ['480p', '720p', '1080p'], default: '720p' },
  ratios: { accepted: RATIOS },
  frames: 'any',
  media: { image: UNLIMITED, video: UNLIMITED, audio: UNLIMITED },
  audioNeeds: ['image', 'video', 'frame'],
  source: 'Jimmy AI, SP Create Video',
} as const;

const md = {
  ...jimmy,
  billing: { unit: 'task', byResolution: false },
  duration: { min: 1, max: 15, default: 5 },
  output: { kind: 'fixed', resolution: '720p' },
  ratios: { accepted: THREE_RATIOS, default: '16:9' },
  promptMaxChars: 5000,
  frames: 'pair',
  media: {
    image: { maxCount: 4, refusedMimeTypes: ['image/gif'] },
    video: {
      maxCount: 3,
      maxTotalSeconds: 15,
      maxTotalBytes: 200 * MIB,
      minShortSide: 720,
      maxShortSide: 2160,
    },
    audio: 'not-taken',
  },
  source: 'Jimmy AI, MD Create Video and the schema of the shared endpoint',
} as const;

/** Full: every medium must be an `asset://`, so without an asset library it takes text alone. */
const full = {
  ...jimmy,
  billing: { unit: 'second', byResolution: true },
  duration: { min: 4, max: 12, default: 5 },
  ratios: { accepted: RATIOS },
  frames: 'asset-library-only',
  media: {
    image: 'asset-library-only',
    video: 'asset-library-only',
    audio: 'asset-library-only',
  },
  source: 'Jimmy AI, Create Seedance Full Video and the schema of the shared endpoint',
} as const;

/** Every route with every limit that a document gives. A changed limit is a changed line here. */
export const CATALOGUE: Readonly<Record<RouteId, Route>> = {
  'jimmy/seedance2.0-mini-sp': {
    ...sp,
    id: 'jimmy/seedance2.0-mini-sp',
    title: 'Seedance 2.0 Mini Special',
    model: 'seedance2.0-mini-sp',
    billing: { unit: 'task', byResolution: true },
    output: { kind: 'field', resolutions: ['480p', '720p'], default: '720p' },
    source: 'Jimmy AI, Mini Special Create Video',
  },
  'jimmy/seedance2.0-fast-i2v': {
    ...jimmy,
    id: 'jimmy/seedance2.0-fast-i2v',
    title: 'Seedance 2.0 Fast I2V',
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
  'jimmy/seedance2.0-sp': {
    ...sp,
    id: 'jimmy/seedance2.0-sp',
    title: 'Seedance 2.0 SP',
    model: 'seedance2.0-sp',
  },
  'jimmy/seedance2.0-fast-sp': {
    ...sp,
    id: 'jimmy/seedance2.0-fast-sp',
    title: 'Seedance 2.0 SP Fast',
    model: 'seedance2.0-fast-sp',
  },
  'jimmy/seedance2.0-of-sp': {
    ...sp,
    id: 'jimmy/seedance2.0-of-sp',
    title: 'Seedance 2.0 SP Official',
    model: 'seedance2.0-of-sp',
  },
  'jimmy/seedance2.0-of-fast-sp': {
    ...sp,
    id: 'jimmy/seedance2.0-of-fast-sp',
    title: 'Seedance 2.0 SP Official Fast',
    model: 'seedance2.0-of-fast-sp',
  },
  'jimmy/seedance2.0-mini': {
    ...jimmy,
    id: 'jimmy/seedance2.0-mini',
    title: 'Seedance 2.0 Mini',
    model: 'seedance2.0-mini',
    billing: { unit: 'second', byResolution: true, videoApart: true },
    duration: { min: 4, max: 15, default: 5 },
    output: { kind: 'field', resolutions: ['480p', '720p', '1080p'], default: '720p' },
    ratios: { accepted: RATIOS },
    frames: 'any',
    media: { image: UNLIMITED, video: 'own-model-variant', audio: UNLIMITED },
    source: 'Jimmy AI, Mini Create Video',
  },
  'jimmy/seedance2.0-md': {
    ...md,
    id: 'jimmy/seedance2.0-md',
    title: 'Seedance 2.0 MD',
    model: 'seedance2.0-md',
  },
  'jimmy/seedance2.0-fast-md': {
    ...md,
    id: 'jimmy/seedance2.0-fast-md',
    title: 'Seedance 2.0 MD Fast',
    model: 'seedance2.0-fast-md',
  },
  'jimmy/seedance2.0-std': {
    ...jimmy,
    id: 'jimmy/seedance2.0-std',
    title: 'Seedance 2.0 STD',
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
  'jimmy/sd2_mx': {
    ...full,
    id: 'jimmy/sd2_mx',
    title: 'Seedance 2.0 Full',
    model: 'sd2_mx',
    output: { kind: 'model', resolutions: ['720p', '1080p', '2k', '4k'], default: '720p' },
  },
  'jimmy/sd2_mx_fast': {
    ...full,
    id: 'jimmy/sd2_mx_fast',
    title: 'Seedance 2.0 Full Fast',
    model: 'sd2_mx_fast',
    output: { kind: 'model', resolutions: ['720p', '1080p'], default: '720p' },
  },
  'anyfast/seedance-2.0-mini': {
    id: 'anyfast/seedance-2.0-mini',
    provider: 'anyfast',
    title: 'Seedance 2.0 Mini',
    model: 'seedance-2.0-mini',
    billing: { unit: 'million_tokens', byResolution: false },
    duration: { min: 4, max: 15, default: 5 },
    output: { kind: 'field', resolutions: ['480p', '720p'], default: '720p' },
    ratios: { accepted: RATIOS, default: 'adaptive' },
    frames: 'first',
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
        // By clients of AnyFast and by ByteDance Ark, whose model it is.
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
    resultRetentionMs: DAY_MS,
    source: 'AnyFast, seedance-2.0-mini OpenAPI',
  },
};

/** The routes of the given providers, in the order in which people see them. */
export function routesOf(providersOn: ReadonlySet<string>): Route[] {
  return ROUTE_IDS.map((id) => CATALOGUE[id]).filter((route) => providersOn.has(route.provider));
}
