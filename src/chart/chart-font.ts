import { fileURLToPath } from 'node:url';
import { GlobalFonts } from '@napi-rs/canvas';

/** The family that charts are lettered in: Latin and Chinese, from a package. */
export const CHART_FAMILY = 'Clapper Chart';

const SUBSETS = ['latin', 'latin-ext', 'chinese-simplified'];

/** Makes the chart font known to the canvas, once a process; a machine without any font needs no more. */
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
