import { textDraft } from './composer/composer.ts';
import type { PageState, Updater } from './state/page-state.ts';

/** Elements in which a slash is text, or has a meaning of its own. */
const TAKES_TEXT = 'input, textarea, select, dialog, [contenteditable], [role="menu"]';

/** Lets a slash typed anywhere start a command, as in Discord. */
export function watchKeys(change: (update: Updater) => void): void {
  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) {
      return;
    }
    if (target instanceof Element && target.closest(TAKES_TEXT) !== null) return;
    event.preventDefault();
    change(openCommands);
  });
}

/** Lists the commands, unless a message or a command is being written already. */
function openCommands(state: PageState): PageState {
  const { composer } = state;
  const isEmpty = composer.kind === 'text' && composer.text === '';
  return {
    ...state,
    drawer: state.width === 'wide' ? state.drawer : 'none',
    composer: isEmpty ? textDraft('/', composer.files) : composer,
    wantsFocus: state.wantsFocus + 1,
  };
}
