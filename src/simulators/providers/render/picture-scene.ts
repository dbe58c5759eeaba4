import type { Image, SKRSContext2D } from '@napi-rs/canvas';

import type { FrameSize } from './frame-size.ts';
import type { Scene } from './scene.ts';

const ZOOM_BY = 0.12;
const PAN_BY = 0.06;

/** Fades from the first picture to the last one with a slow zoom; with one picture it only zooms. */
export function frameScene(pictures: readonly Image[]): Scene {
  return (context, size, progress) => {
    const zoom = 1 + ZOOM_BY * progress;
    for (const [index, picture] of pictures.entries()) {
      // Eased, so that the clip starts and ends slowly on the given frames.
      const opacity = index === 0 ? 1 : progress * progress * (3 - 2 * progress);
      paintCovering(context, size, picture, { zoom, shift: 0, opacity });
    }
  };
}

/** Shows one reference picture after the other, each panned slowly and faded into the next. */
export function referenceScene(pictures: readonly Image[]): Scene {
  return (context, size, progress) => {
    const position = progress * (pictures.length - 1);
    const shift = PAN_BY * (2 * progress - 1);
    for (const [index, picture] of pictures.entries()) {
      const nearness = 1 - Math.abs(position - index);
      if (nearness <= 0) continue;
      // The lower picture stays opaque: two half-transparent ones would let black through.
      const opacity = index <= position ? 1 : nearness;
      paintCovering(context, size, picture, { zoom: 1 + 2 * PAN_BY, shift, opacity });
    }
  };
}

interface Placement {
  readonly zoom: number;
  readonly shift: number;
  readonly opacity: number;
}

/** Fills the frame with the picture and crops the rest; `shift` moves it by a fraction of the frame's width. */
function paintCovering(
  context: SKRSContext2D,
  size: FrameSize,
  picture: Image,
  placement: Placement,
): void {
  const scale = Math.max(size.width / picture.width, size.height / picture.height) * placement.zoom;
  const width = picture.width * scale;
  const height = picture.height * scale;
  const left = (size.width - width) / 2 + placement.shift * size.width;
  context.globalAlpha = placement.opacity;
  context.drawImage(picture, left, (size.height - height) / 2, width, height);
  context.globalAlpha = 1;
}
