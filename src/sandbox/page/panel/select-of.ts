import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** Renders a select menu of these values with the current one selected. */
export function selectOf<Value>(
  values: readonly Value[],
  current: Value,
  {
    label,
    onSelect,
  }: {
    readonly label: (value: Value) => string;
    readonly onSelect: (value: Value) => void;
  },
): TemplateResult {
  return html`<select
    @change=${({ currentTarget }: Event) => {
      if (!(currentTarget instanceof HTMLSelectElement)) return;
      const value = values[currentTarget.selectedIndex];
      if (value !== undefined) onSelect(value);
    }}
  >
    ${values.map((value) => html`<option .selected=${value === current}>${label(value)}</option>`)}
  </select>`;
}
