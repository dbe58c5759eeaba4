import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Rendered } from './viewer.ts';

/** Renders a spoiler, which a click, Enter or Space reveals. */
export function renderSpoiler(inner: readonly Rendered[], label: string): TemplateResult {
  return html`<discord-spoiler
    role="button"
    tabindex="0"
    @click=${(event: Event) => reveal(event.currentTarget)}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      reveal(event.currentTarget);
    }}
    ><span class="visually-hidden">${label}</span
    ><span aria-hidden="true">${inner}</span></discord-spoiler
  >`;
}

/** Reveals the spoiler and removes its button role, so that a screen reader reads plain text. */
function reveal(target: EventTarget | null): void {
  if (!(target instanceof HTMLElement)) return;
  target.setAttribute('activated', '');
  for (const name of ['role', 'tabindex']) target.removeAttribute(name);
  const [label, hidden] = target.children;
  label?.setAttribute('hidden', '');
  hidden?.removeAttribute('aria-hidden');
}
