import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';

export const LIST_ID = 'composer-list';

/** An entry of the list above the input. */
export interface ListEntry {
  readonly label: string;
  readonly note?: string;
  readonly select: () => void;
}

/** Renders the choices for the typed text; the focus stays in the input. */
export function renderList(
  entries: readonly ListEntry[],
  highlighted: number,
  label: string,
): TemplateResult {
  return html`<ul class="list" id=${LIST_ID} role="listbox" aria-label=${label}>
    ${entries.map(({ label: name, note, select }, at) => {
      const isHighlighted = at === highlighted;
      return html`<li
        id=${entryId(at)}
        role="option"
        aria-selected=${isHighlighted}
        ${ref((element) => {
          if (isHighlighted) element?.scrollIntoView({ block: 'nearest' });
        })}
        @mousedown=${(event: Event) => {
          // Keeps the focus in the input.
          event.preventDefault();
        }}
        @click=${select}
      >
        <span class="list-name">${name}</span
        >${note === undefined ? nothing : html`<span class="list-note">${note}</span>`}
      </li>`;
    })}
  </ul>`;
}

/** Returns the element id of the entry at this index. */
export function entryId(at: number): string {
  return `composer-option-${at}`;
}

/** Moves the highlight by `by` entries and wraps around; -1 highlights none. */
export function moveHighlight(highlighted: number, by: number, count: number): number {
  if (count === 0) return -1;
  return highlighted < 0 ? (by > 0 ? 0 : count - 1) : (highlighted + by + count) % count;
}
