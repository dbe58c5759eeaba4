import { fileURLToPath } from 'node:url';
import { GlobalFonts } from '@napi-rs/canvas';

/** The font family of the charts: Latin and Chinese, from a package. */
export const CHART_FAMILY = 'Clapper Chart';

const SUBSETS = ['latin', 'latin-ext', 'chinese-simplified'];

/**
 * Registers the chart font with the canvas, once per process, so that charts work on a machine
 * without fonts.
 */
export function registerChartFont(): void {
  if (GlobalFonts.has(CHART_FAMILY)) return;
  const home = import.meta.resolve('@fontsource/noto-sans-sc/package.json');
  for (const subset of SUBSETS) {
    const file = fileURLToPath(new URL(`files/noto-sans-sc-${subset}-400-normal.woff2`, home));
    if (GlobalFonts.registerFromPath(file, CHART_FAMILY) === null) {
      throw new Error(`The chart font could not be read: ${file}`);
    }
  }
}
