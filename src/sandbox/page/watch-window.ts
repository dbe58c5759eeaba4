import type { PageState, Updater } from './state/page-state.ts';

const LIGHT = '(prefers-color-scheme: light)';
/** Up to MIDDLE the side panel is a drawer, up to NARROW the sidebar too. */
const MIDDLE = '(max-width: 1180px)';
const NARROW = '(max-width: 760px)';

/** Updates the state with the theme and width of the window, and each second with the time. */
export function watchWindow(change: (update: Updater) => void): void {
  const queries = [LIGHT, MIDDLE, NARROW].map((query) => matchMedia(query));
  const readWindow = (): void => {
    change((state) => ({ ...state, isLight: matchMedia(LIGHT).matches, width: currentWidth() }));
  };
  for (const query of queries) query.addEventListener('change', readWindow);
  readWindow();
  setInterval(() => {
    change((state) => ({ ...state, realNow: Date.now() }));
  }, 1000);
}

function currentWidth(): PageState['width'] {
  if (matchMedia(NARROW).matches) return 'narrow';
  return matchMedia(MIDDLE).matches ? 'middle' : 'wide';
}
