import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { KnobTurn } from '../../playground/protocol/knobs.ts';
import type { Page } from '../page.ts';
import { turn } from './turn.ts';

/** Renders a button that makes one knob turn. */
export function knobButton(
  page: Page,
  label: string,
  what: KnobTurn,
  isDisabled = false,
): TemplateResult {
  return html`<button
    type="button"
    class="plain-button"
    ?disabled=${isDisabled}
    @click=${() => {
      void turn(page, what);
    }}
  >
    ${label}
  </button>`;
}
