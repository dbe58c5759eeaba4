/** The limits of one `model` in Jimmy AI's documents. Counts that they do not limit are `undefined`. */
export interface JimmyRoute {
  readonly seconds: readonly [min: number, max: number];
  /** With `fixed`, the request's field is ignored. */
  readonly resolution:
    | { readonly allowed: readonly string[] }
    | { readonly fixed: '720p' | '1080p' | '2k' | '4k' };
  readonly ratios: readonly string[];
  /** The ratio when the request has none. */
  readonly defaultRatio: '16:9' | 'adaptive';
  readonly maxImages?: number;
  /** Whether frames count as reference images. */
  readonly framesCount?: true;
  /** Whether the first and last frame must come together. */
  readonly bothFrames?: true;
  readonly videos: boolean;
  readonly maxVideos?: number;
  /** What goes with reference audio: `any`, where no document says that it needs something. */
  readonly audios: 'no' | 'any' | 'paired' | 'without-frames';
  readonly maxAudios?: number;
  readonly media: 'url' | 'url-or-asset' | 'asset';
  readonly maxPrompt?: number;
}

const THREE_RATIOS = ['16:9', '9:16', '1:1'];
const SIX_RATIOS = [...THREE_RATIOS, '4:3', '3:4', '21:9'];

const MINI_SPECIAL: JimmyRoute = {
  seconds: [4, 15],
  resolution: { allowed: ['480p', '720p'] },
  ratios: [...SIX_RATIOS, 'adaptive'],
  defaultRatio: 'adaptive',
  videos: true,
  audios: 'paired',
  media: 'url',
};

const SP: JimmyRoute = {
  ...MINI_SPECIAL,
  resolution: { allowed: ['480p', '720p', '1080p'] },
  media: 'url-or-asset',
};

// Mini has a separate model for reference videos.
const MINI: JimmyRoute = {
  ...MINI_SPECIAL,
  resolution: SP.resolution,
  videos: false,
  audios: 'any',
};
const MINI_VIDEO: JimmyRoute = { ...MINI, videos: true };

const FAST_I2V: JimmyRoute = {
  seconds: [1, 15],
  resolution: { fixed: '720p' },
  ratios: THREE_RATIOS,
  defaultRatio: '16:9',
  maxImages: 9,
  framesCount: true,
  videos: false,
  audios: 'no',
  media: 'url',
  maxPrompt: 5000,
};

const MD: JimmyRoute = {
  seconds: [1, 15],
  resolution: { fixed: '720p' },
  ratios: THREE_RATIOS,
  defaultRatio: '16:9',
  maxImages: 4,
  bothFrames: true,
  videos: true,
  maxVideos: 3,
  audios: 'no',
  media: 'url',
  maxPrompt: 5000,
};

const STD: JimmyRoute = {
  seconds: [4, 15],
  resolution: { fixed: '720p' },
  ratios: SIX_RATIOS,
  defaultRatio: '16:9',
  maxImages: 9,
  videos: true,
  audios: 'without-frames',
  maxAudios: 3,
  media: 'url',
};

function full(fixed: '720p' | '1080p' | '2k' | '4k', videos: boolean): JimmyRoute {
  return {
    seconds: [4, 12],
    resolution: { fixed },
    ratios: [...SIX_RATIOS, 'Adaptive'],
    defaultRatio: '16:9',
    videos,
    audios: 'paired',
    media: 'asset',
  };
}

/** Every `model` that the shared endpoint accepts. */
export const JIMMY_ROUTES: ReadonlyMap<string, JimmyRoute> = new Map([
  ['seedance2.0-mini-sp', MINI_SPECIAL],
  ['seedance2.0-fast-i2v', FAST_I2V],
  ['seedance2.0-sp', SP],
  ['seedance2.0-fast-sp', SP],
  ['seedance2.0-of-sp', SP],
  ['seedance2.0-of-fast-sp', SP],
  ['seedance2.0-mini', MINI],
  ['seedance2.0-mini-video', MINI_VIDEO],
  ['seedance2.0-md', MD],
  ['seedance2.0-fast-md', MD],
  ['seedance2.0-std', STD],
  ['sd2_mx_720p', full('720p', false)],
  ['sd2_mx_1080p', full('1080p', false)],
  ['sd2_mx_2k', full('2k', false)],
  ['sd2_mx_4k', full('4k', false)],
  ['sd2_mx_fast_720p', full('720p', false)],
  ['sd2_mx_fast_1080p', full('1080p', false)],
  ['sd2_mx_video_720p', full('720p', true)],
  ['sd2_mx_video_1080p', full('1080p', true)],
  ['sd2_mx_video_2k', full('2k', true)],
  ['sd2_mx_video_4k', full('4k', true)],
  ['sd2_mx_video_fast_720p', full('720p', true)],
  ['sd2_mx_video_fast_1080p', full('1080p', true)],
]);
