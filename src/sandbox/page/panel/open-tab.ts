import type { PageState, PanelTab } from '../state/page-state.ts';

/** Opens a tab of the panel; each tab is scrolled on its own. */
export function openTab(
  state: PageState,
  panelTab: PanelTab,
  change: Partial<Pick<PageState, 'drawer' | 'editsMessageId'>> = {},
): PageState {
  const scrollTop = document.querySelector('#tab-panel')?.scrollTop ?? 0;
  const panelScrolls = { ...state.panelScrolls, [state.panelTab]: scrollTop };
  return { ...state, panelTab, panelScrolls, editsMessageId: undefined, ...change };
}

/** Scrolls a tab that has just been opened to where it was. */
export function restoreScroll(state: PageState, before: PageState): void {
  if (state.panelTab === before.panelTab) return;
  document.querySelector('#tab-panel')?.scrollTo({ top: state.panelScrolls[state.panelTab] ?? 0 });
}
