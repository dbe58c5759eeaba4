import { createRequire } from 'node:module';

import type { H264MP4Encoder } from 'h264-mp4-encoder';

import { faststart } from './faststart.ts';
import type { FrameSize } from './frame-size.ts';

/** The frames to encode. `frame(index)` returns the RGBA pixels of one frame, four bytes per pixel. */
export interface Footage {
  readonly size: FrameSize;
  readonly fps: number;
  readonly frames: number;
  readonly frame: (index: number) => Uint8Array;
}

// From 0 (best) to 10 (fastest); for a simulated clip, speed matters more than quality.
const QUICKEST = 10;
const QUANTIZATION = 28;

/** Encodes RGBA frames as an H.264 mp4 that a browser can start immediately. Blocks the thread during each frame. */
export async function encodeFootage(footage: Footage): Promise<Uint8Array> {
  const encoder = await loadEncoder().createH264MP4Encoder();
  try {
    encoder.width = footage.size.width;
    encoder.height = footage.size.height;
    encoder.frameRate = footage.fps;
    encoder.speed = QUICKEST;
    encoder.quantizationParameter = QUANTIZATION;
    encoder.groupOfPictures = Math.max(1, footage.fps * 2);
    encoder.initialize();
    for (let index = 0; index < footage.frames; index += 1) {
      encoder.addFrameRgba(footage.frame(index));
    }
    encoder.finalize();
    const mp4 = encoder.FS.readFile(encoder.outputFilename);
    // The encoder's file system is shared by the whole thread and is never emptied.
    encoder.FS.unlink(encoder.outputFilename);
    return faststart(mp4);
  } finally {
    encoder.delete();
  }
}

interface EncoderModule {
  readonly createH264MP4Encoder: () => Promise<H264MP4Encoder>;
}

/**
 * Loads the encoder on first use, because it compiles itself when loaded. It also installs process
 * handlers that would abort on any unhandled rejection; these are removed again.
 */
function loadEncoder(): EncoderModule {
  const exceptionHandlers = process.listeners('uncaughtException');
  const rejectionHandlers = process.listeners('unhandledRejection');
  const loaded: unknown = createRequire(import.meta.url)('h264-mp4-encoder');
  for (const handler of process.listeners('uncaughtException')) {
    if (!exceptionHandlers.includes(handler)) process.off('uncaughtException', handler);
  }
  for (const handler of process.listeners('unhandledRejection')) {
    if (!rejectionHandlers.includes(handler)) process.off('unhandledRejection', handler);
  }
  if (!isEncoderModule(loaded)) throw new Error('h264-mp4-encoder is not what it used to be');
  return loaded;
}

function isEncoderModule(value: unknown): value is EncoderModule {
  return typeof value === 'object' && value !== null && 'createH264MP4Encoder' in value;
}
