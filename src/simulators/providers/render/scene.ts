import type { SKRSContext2D } from '@napi-rs/canvas';

import type { FrameSize } from './frame-size.ts';

/** Paints the whole frame at `progress`, from 0 (first frame) to 1 (last frame). */
export type Scene = (context: SKRSContext2D, size: FrameSize, progress: number) => void;
