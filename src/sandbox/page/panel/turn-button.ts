import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { KnobTurn } from '../../playground/protocol/knobs.ts';
import type { Page } from '../page.ts';
import { turn } from './turn.ts';

/** A knob that is pressed. */
export function turnButton(
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
