import { fileURLToPath } from 'node:url';

import { GlobalFonts } from '@napi-rs/canvas';

/** The font family of captions: Latin, Cyrillic, Vietnamese, Chinese, kana and common Hangul. */
export const CAPTION_FAMILY = 'Clapper Caption';

// The complete Chinese set is one file, which registers in 30 ms; the hundred numbered slices beside
// it are for web pages. The canvas falls back between the files of one family.
const SUBSETS = ['latin', 'latin-ext', 'cyrillic', 'vietnamese', 'chinese-simplified'];

/** Registers the caption font with the canvas, once per process. No system font is needed. */
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
