import { focusTarget } from './composer/view-composer.ts';
import type { PageState } from './state/page-state.ts';

/**
 * Moves the focus if the state demands it: into the composer of a page that opens, to the next field
 * of a command, into a drawer that opens, or back to its button. Called after each render with the previously rendered state.
 */
export function moveFocus(state: PageState, before: PageState): void {
  if (state.drawer !== before.drawer) {
    focus(state.drawer === 'none' ? `open-${before.drawer}` : state.drawer);
    return;
  }
  const target = focusTarget(state);
  // On narrow pages the focus would open the keyboard of the screen.
  const isFirst = before.snapshot === undefined && state.width !== 'narrow';
  const isWanted = isFirst || state.wantsFocus !== before.wantsFocus;
  if (isWanted || target !== focusTarget(before)) focus(target);
}

/** Scrolls the channel to its end after the person has sent something. */
export function scrollToSent(state: PageState, before: PageState): void {
  if (state.sent.length <= before.sent.length) return;
  // The scroller is reversed, so its end is at 0.
  document.querySelector('.scroller')?.scrollTo({ top: 0 });
}

/** Scrolls to the message that a link led to, and marks it for a moment. */
export function showMessage({ shownMessage }: PageState, before: PageState): void {
  if (shownMessage === undefined || shownMessage === before.shownMessage) return;
  const message = document.querySelector(`#message-${CSS.escape(shownMessage.messageId)}`);
  message?.scrollIntoView({ block: 'center' });
  message?.animate([{ background: 'var(--mention-back)' }, {}], { duration: 1500 });
}

function focus(id: string): void {
  document.querySelector<HTMLElement>(`#${CSS.escape(id)}`)?.focus();
}
