import type { Ratio, Resolution } from '../routes/options.ts';
import type { Rational } from './decimal.ts';

const FRAMES_PER_SECOND = 24;
const PIXELS_PER_TOKEN = 1024n;

type Sizes = Readonly<Record<Exclude<Ratio, 'adaptive'>, readonly [width: number, height: number]>>;

/** Output sizes of Seedance 2.0 as ByteDance Ark documents them; it gives none for 2k and 4k. */
const SIZES: Readonly<Partial<Record<Resolution, Sizes>>> = {
  '480p': {
    '16:9': [864, 496],
    '4:3': [752, 560],
    '1:1': [640, 640],
    '3:4': [560, 752],
    '9:16': [496, 864],
    '21:9': [992, 432],
  },
  '720p': {
    '16:9': [1280, 720],
    '4:3': [1112, 834],
    '1:1': [960, 960],
    '3:4': [834, 1112],
    '9:16': [720, 1280],
    '21:9': [1470, 630],
  },
  '1080p': {
    '16:9': [1920, 1080],
    '4:3': [1664, 1248],
    '1:1': [1440, 1440],
    '3:4': [1248, 1664],
    '9:16': [1080, 1920],
    '21:9': [2206, 946],
  },
};

/** Whether the tokens of a video of this resolution can be foreseen. */
export function hasTokenEstimate(resolution: Resolution): boolean {
  return SIZES[resolution] !== undefined;
}

/**
 * The pixels that a video will have over all its frames; undefined where no document gives the sizes.
 * `adaptive`, and a ratio that nobody knows beforehand, count as the largest size of the class.
 */
export function estimatePixels(
  resolution: Resolution,
  ratio: Ratio | undefined,
  durationSeconds: number,
): number | undefined {
  const pixelsPerFrame = pixelsOfFrame(resolution, ratio);
  if (pixelsPerFrame === undefined) return undefined;
  // The first frame comes on top: the provider's example of 5 s has 121 frames.
  const frames = FRAMES_PER_SECOND * durationSeconds + 1;
  return pixelsPerFrame * frames;
}

/** The tokens of that many pixels, as a fraction: only the money that comes of it is rounded. */
export function tokensOf(pixels: number): Rational {
  return { numerator: BigInt(pixels), denominator: PIXELS_PER_TOKEN };
}

function pixelsOfFrame(resolution: Resolution, ratio: Ratio | undefined): number | undefined {
  const sizes = SIZES[resolution];
  if (sizes === undefined) return undefined;
  if (ratio === undefined || ratio === 'adaptive') {
    return Math.max(...Object.values(sizes).map(([width, height]) => width * height));
  }
  const [width, height] = sizes[ratio];
  return width * height;
}
