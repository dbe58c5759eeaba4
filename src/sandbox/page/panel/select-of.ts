import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** A menu of these values, standing at the current one. */
export function selectOf<Value>(
  values: readonly Value[],
  current: Value,
  {
    label,
    take,
  }: {
    readonly label: (value: Value) => string;
    readonly take: (value: Value) => void;
  },
): TemplateResult {
  return html`<select
    @change=${({ currentTarget }: Event) => {
      if (!(currentTarget instanceof HTMLSelectElement)) return;
      const value = values[currentTarget.selectedIndex];
      if (value !== undefined) take(value);
    }}
  >
    ${values.map((value) => html`<option .selected=${value === current}>${label(value)}</option>`)}
  </select>`;
}
