/** What a clip is, as far as its size in bytes depends on it. */
export interface ClipFacts {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly seconds: number;
}

/** How a clip is made smaller. */
export interface SmallerClip {
  /** The size of its picture; even numbers. */
  readonly width: number;
  readonly height: number;
  /** Bits a second of its pictures, and of its sound. */
  readonly videoBits: number;
  readonly audioBits: number;
}

/** The sizes by the shorter side, best first. */
const LINES = [1080, 720, 480];
/** Below this a picture falls apart: bits for each of its points in each frame. */
const MIN_BITS_PER_POINT = 0.04;
const AUDIO_BITS = 96_000;
/** Of the bytes: the rest is for the container, and for an encoder that is not exact. */
const USABLE = 0.92;
/** More bits are not seen. */
const MAX_BITS_PER_POINT = 0.2;

/**
 * The best size in which a clip fits into so many bytes, never larger than it is; `undefined` if it
 * would not be worth seeing.
 */
export function smallerClip(clip: ClipFacts, maxBytes: number): SmallerClip | undefined {
  const { width, height, fps, seconds } = clip;
  const shorter = Math.min(width, height);
  if (!(shorter > 0 && fps > 0 && seconds > 0)) return undefined;
  const bits = (maxBytes * USABLE * 8) / seconds - AUDIO_BITS;
  const known = LINES.filter((line) => line <= shorter);
  // One that is smaller than all of them stays as large as it is.
  for (const line of known.length === 0 ? [shorter] : known) {
    const size = { width: even((width * line) / shorter), height: even((height * line) / shorter) };
    const points = size.width * size.height * fps;
    if (bits < points * MIN_BITS_PER_POINT) continue;
    const videoBits = Math.floor(Math.min(bits, points * MAX_BITS_PER_POINT));
    return { ...size, videoBits, audioBits: AUDIO_BITS };
  }
  return undefined;
}

/** The encoder takes even numbers alone. */
function even(points: number): number {
  return Math.max(2, Math.floor(points / 2) * 2);
}
