import type { FrameSize } from './render/frame-size.ts';

/** Calculates the billed tokens of a clip: 24 frames a second plus one, and 1024 pixels a token. */
export function tokensOf({ width, height }: FrameSize, durationSeconds: number): number {
  return Math.ceil((width * height * (24 * durationSeconds + 1)) / 1024);
}
