import type { Ratio, Resolution } from '../routes/options.ts';
import { add, multiply, wholeNumber } from './decimal.ts';
import type { Rational } from './decimal.ts';

const FRAMES_PER_SECOND = wholeNumber(24);
/** A documented example of 5 s has 121 frames. */
const FIRST_FRAME = wholeNumber(1);
const TOKENS_PER_PIXEL: Rational = { numerator: 1n, denominator: 1024n };

type Sizes = Readonly<Record<Exclude<Ratio, 'adaptive'>, readonly [width: number, height: number]>>;

/** Output sizes of Seedance 2.0 as documented by ByteDance, which lists none for 2k. */
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
  '4k': {
    '16:9': [3840, 2160],
    '4:3': [3326, 2494],
    '1:1': [2880, 2880],
    '3:4': [2494, 3326],
    '9:16': [2160, 3840],
    '21:9': [4398, 1886],
  },
};

/** Whether the tokens of a video of this resolution can be estimated. */
export function hasTokenEstimate(resolution: Resolution): boolean {
  return SIZES[resolution] !== undefined;
}

/**
 * The billed pixels over all frames of the video and its reference videos; `undefined` if no
 * document gives the sizes. `adaptive` and an unknown ratio count as the largest size of the
 * resolution. May be a fraction, if the length of a reference video is one.
 */
export function estimatePixels(
  resolution: Resolution,
  ratio: Ratio | undefined,
  seconds: Rational,
): Rational | undefined {
  const pixelsPerFrame = pixelsOfFrame(resolution, ratio);
  if (pixelsPerFrame === undefined) return undefined;
  const frames = add(multiply(FRAMES_PER_SECOND, seconds), FIRST_FRAME);
  return multiply(wholeNumber(pixelsPerFrame), frames);
}

/**
 * The tokens for that many pixels, as a fraction: only the resulting amount of money is rounded.
 */
export function tokensOf(pixels: Rational): Rational {
  return multiply(pixels, TOKENS_PER_PIXEL);
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
