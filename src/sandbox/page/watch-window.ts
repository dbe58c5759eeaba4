import type { PageState, Step } from './state/page-state.ts';

const LIGHT = '(prefers-color-scheme: light)';
/** Below the first the side panel is a drawer, below the second the sidebar as well. */
const MIDDLE = '(max-width: 1180px)';
const NARROW = '(max-width: 760px)';

/** Tells of the reader's theme, of the width, and each second of the time. */
export function watchWindow(change: (step: Step) => void): void {
  const queries = [LIGHT, MIDDLE, NARROW].map((query) => matchMedia(query));
  const look = (): void => {
    change((state) => ({ ...state, isLight: matchMedia(LIGHT).matches, width: widthNow() }));
  };
  for (const query of queries) query.addEventListener('change', look);
  look();
  setInterval(() => {
    change((state) => ({ ...state, realNow: Date.now() }));
  }, 1000);
}

function widthNow(): PageState['width'] {
  if (matchMedia(NARROW).matches) return 'narrow';
  return matchMedia(MIDDLE).matches ? 'middle' : 'wide';
}
