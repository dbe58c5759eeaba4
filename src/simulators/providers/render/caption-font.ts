import { fileURLToPath } from 'node:url';

import { GlobalFonts } from '@napi-rs/canvas';

/** The family that captions are drawn in: Latin, Cyrillic, Vietnamese, Chinese, kana and common Hangul. */
export const CAPTION_FAMILY = 'Clapper Caption';

// The whole Chinese set comes as one file too, which registers in 30 ms; the hundred numbered
// slices beside it are for web pages. Fallback between files of one family works.
const SUBSETS = ['latin', 'latin-ext', 'cyrillic', 'vietnamese', 'chinese-simplified'];

/** Makes the caption font known to the canvas, once a process; a machine without any font needs no more. */
export function registerCaptionFont(): void {
  if (GlobalFonts.has(CAPTION_FAMILY)) return;
  const home = import.meta.resolve('@fontsource/noto-sans-sc/package.json');
  for (const subset of SUBSETS) {
    const file = fileURLToPath(new URL(`files/noto-sans-sc-${subset}-400-normal.woff2`, home));
    if (GlobalFonts.registerFromPath(file, CAPTION_FAMILY) === null) {
      throw new Error(`The caption font could not be read: ${file}`);
    }
  }
}
