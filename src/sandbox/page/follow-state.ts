import { focusTarget } from './composer/view-composer.ts';
import type { PageState } from './state/page-state.ts';

/**
 * The focus goes where the state says: on to the next field of a command, into a drawer that opens
 * and back to its button. Called after each drawing, with the state that was rendered before.
 */
export function followFocus(state: PageState, before: PageState): void {
  if (state.drawer !== before.drawer) {
    focus(state.drawer === 'none' ? `open-${before.drawer}` : state.drawer);
    return;
  }
  const target = focusTarget(state);
  if (target !== focusTarget(before)) focus(target);
}

/** Who sends something wants to see what becomes of it: the channel goes to its end. */
export function followSent(state: PageState, before: PageState): void {
  if (state.sent.length <= before.sent.length) return;
  // Its end is where it begins to scroll from.
  document.querySelector('.scroller')?.scrollTo({ top: 0 });
}

function focus(id: string): void {
  document.querySelector<HTMLElement>(`#${CSS.escape(id)}`)?.focus();
}
