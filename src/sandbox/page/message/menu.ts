import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { ApiObject } from '../../playground/protocol/messages.ts';
import type { Page } from '../page.ts';
import { selectValues } from './act-on-message.ts';
import { numberField, textField } from './api-fields.ts';
import { menuOptions } from './menu-options.ts';

interface MenuContext {
  readonly page: Page;
  readonly messageId: string;
}

/** Renders a select menu with the browser's own controls, for keyboards and screen readers. */
export function renderMenu(menu: ApiObject, context: MenuContext): TemplateResult {
  const max = numberField(menu, 'max_values') ?? 1;
  return max > 1 ? renderManyMenu(menu, context) : renderOneMenu(menu, context);
}

function labelOf(menu: ApiObject, { texts }: Page): string {
  return textField(menu, 'placeholder') ?? texts.message.select;
}

function renderOneMenu(menu: ApiObject, context: MenuContext): TemplateResult {
  const { page } = context;
  const label = labelOf(menu, page);
  const options = menuOptions(menu, page);
  return html`<select
    class="menu"
    aria-label=${label}
    ?disabled=${menu['disabled'] === true}
    @change=${({ currentTarget }: Event) => {
      if (currentTarget instanceof HTMLSelectElement) send(menu, context, [currentTarget.value]);
    }}
  >
    <option value="" disabled .selected=${options.every((option) => option.isDefault !== true)}>
      ${label}
    </option>
    ${options.map(
      ({ value, label: text, description, isDefault }) =>
        html`<option value=${value} .selected=${isDefault === true}>
          ${description === undefined ? text : `${text} – ${description}`}
        </option>`,
    )}
  </select>`;
}

/** Renders check boxes for several values, sent when the list is closed, as in Discord. */
function renderManyMenu(menu: ApiObject, context: MenuContext): TemplateResult {
  const { page } = context;
  const options = menuOptions(menu, page);
  return html`<details
    class="menu many"
    @toggle=${({ currentTarget }: Event) => {
      if (!(currentTarget instanceof HTMLDetailsElement) || currentTarget.open) return;
      const checked = currentTarget.querySelectorAll<HTMLInputElement>('input:checked');
      const values = [...checked].map(({ value }) => value);
      if (values.length >= (numberField(menu, 'min_values') ?? 1)) send(menu, context, values);
    }}
  >
    <summary>${labelOf(menu, page)}</summary>
    ${options.map(
      ({ value, label, isDefault }) =>
        html`<label
          ><input type="checkbox" value=${value} ?checked=${isDefault === true} />${label}</label
        >`,
    )}
  </details>`;
}

function send(menu: ApiObject, { page, messageId }: MenuContext, values: readonly string[]): void {
  const customId = textField(menu, 'custom_id');
  if (customId !== undefined) void selectValues(page, messageId, { customId, values });
}
