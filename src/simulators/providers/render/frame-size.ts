import type { ClipRatio, ClipResolution } from './clip-request.ts';

/** Width and height in pixels. */
export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

type FixedRatio = Exclude<ClipRatio, 'adaptive'>;
type SizeTable = Readonly<Record<FixedRatio, readonly [width: number, height: number]>>;

// The actual output sizes of Seedance 2.0 for each resolution.
const SIZES_480P: SizeTable = {
  '16:9': [864, 496],
  '4:3': [752, 560],
  '1:1': [640, 640],
  '3:4': [560, 752],
  '9:16': [496, 864],
  '21:9': [992, 432],
};
const SIZES_720P: SizeTable = {
  '16:9': [1280, 720],
  '4:3': [1112, 834],
  '1:1': [960, 960],
  '3:4': [834, 1112],
  '9:16': [720, 1280],
  '21:9': [1470, 630],
};
const SIZES_1080P: SizeTable = {
  '16:9': [1920, 1080],
  '4:3': [1664, 1248],
  '1:1': [1440, 1440],
  '3:4': [1248, 1664],
  '9:16': [1080, 1920],
  '21:9': [2206, 946],
};

const SIZES: Readonly<Record<ClipResolution, { table: SizeTable; scale: number }>> = {
  '480p': { table: SIZES_480P, scale: 1 },
  '720p': { table: SIZES_720P, scale: 1 },
  '1080p': { table: SIZES_1080P, scale: 1 },
  '2k': { table: SIZES_720P, scale: 2 },
  '4k': { table: SIZES_720P, scale: 3 },
};

const FIXED_RATIOS = [
  '16:9',
  '4:3',
  '1:1',
  '3:4',
  '9:16',
  '21:9',
] as const satisfies readonly FixedRatio[];

/** Returns a clip's size in pixels. `adaptive` uses the ratio nearest to `like`, by default 16:9. All sides are even. */
export function frameSize(
  ratio: ClipRatio,
  resolution: ClipResolution,
  like?: FrameSize,
): FrameSize {
  const { table, scale } = SIZES[resolution];
  const fixed = ratio === 'adaptive' ? nearestRatio(like) : ratio;
  const [width, height] = table[fixed];
  return { width: width * scale, height: height * scale };
}

function nearestRatio(like: FrameSize | undefined): FixedRatio {
  if (like === undefined || like.width <= 0 || like.height <= 0) return '16:9';
  const wanted = Math.log(like.width / like.height);
  let best: FixedRatio = '16:9';
  let bestDistance = Infinity;
  for (const ratio of FIXED_RATIOS) {
    const [width, height] = SIZES_720P[ratio];
    // With logarithms, 2:1 and 1:2 are equally far from a square.
    const distance = Math.abs(Math.log(width / height) - wanted);
    if (distance < bestDistance) [best, bestDistance] = [ratio, distance];
  }
  return best;
}

// About three seconds of encoding on one slow core.
const PIXEL_BUDGET = 110_000_000;
const SMALL_FRAME_PIXELS = 500_000;

/** Returns the frames per second that keep the encoding of a clip within a few seconds. */
export function affordableFps(size: FrameSize, durationSeconds: number): number {
  const pixels = size.width * size.height;
  const maxFps = pixels <= SMALL_FRAME_PIXELS ? 24 : 12;
  const affordable = Math.floor(PIXEL_BUDGET / (pixels * durationSeconds));
  return Math.max(3, Math.min(maxFps, affordable));
}
