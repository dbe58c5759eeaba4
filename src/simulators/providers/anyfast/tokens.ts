import type { FrameSize } from '../render/frame-size.ts';

/** The tokens that a clip is charged for: its frames at 24 a second and one more, 1024 pixels a token. */
export function tokensOf({ width, height }: FrameSize, durationSeconds: number): number {
  return Math.ceil((width * height * (24 * durationSeconds + 1)) / 1024);
}
