import type { Image } from '@napi-rs/canvas';
import { createCanvas, loadImage } from '@napi-rs/canvas';

import { drawCaption } from './caption.ts';
import type { ClipRequest } from './clip-request.ts';
import { picturesOf } from './clip-request.ts';
import { encodeFootage } from './encode.ts';
import { affordableFps, frameSize } from './frame-size.ts';
import { frameScene, referenceScene } from './picture-scene.ts';
import type { Scene } from './scene.ts';
import { wordScene } from './word-scene.ts';

/** Draws and encodes a clip, or its last frame. It blocks the calling thread for seconds, so call it from a worker. */
export async function drawClip(request: ClipRequest): Promise<Uint8Array> {
  const pictures = await Promise.all(picturesOf(request).map(decodePicture));
  const size = frameSize(request.ratio, request.resolution, pictures[0]);
  const fps = request.fps ?? affordableFps(size, request.durationSeconds);
  const frames = Math.max(1, Math.round(fps * request.durationSeconds));
  const scene = sceneOf(request, pictures);
  const caption = drawCaption(request.prompt, size);
  const canvas = createCanvas(size.width, size.height);
  const context = canvas.getContext('2d');
  const frame = (index: number): Buffer => {
    scene(context, size, frames === 1 ? 0 : index / (frames - 1));
    context.drawImage(caption, 0, 0);
    return canvas.data();
  };
  if (request.isStill !== true) return encodeFootage({ size, fps, frames, frame });
  frame(frames - 1);
  return canvas.encode('png');
}

function sceneOf(request: ClipRequest, pictures: readonly Image[]): Scene {
  if (pictures.length === 0) return wordScene(request.prompt);
  const framed = request.firstFrame !== undefined || request.lastFrame !== undefined;
  return framed ? frameScene(pictures) : referenceScene(pictures);
}

async function decodePicture(bytes: Uint8Array): Promise<Image> {
  try {
    return await loadImage(Buffer.from(bytes));
  } catch (error) {
    throw new Error('A picture could not be decoded', { cause: error });
  }
}
