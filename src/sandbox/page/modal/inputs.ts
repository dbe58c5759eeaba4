import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { listField, numberField, textField } from '../message/api-fields.ts';
import { COMPONENT, SELECTS } from '../../../simulators/discord/component-types.ts';
import { menuOptions, ownOptions } from '../message/menu-options.ts';
import type { MenuOption } from '../message/menu-options.ts';
import type { ApiObject } from '../../playground/protocol/messages.ts';
import type { Page } from '../page.ts';

const PARAGRAPH = 2;

/** Renders an input of a modal as a browser control, named by the component's custom id. */
export function renderInput(
  input: ApiObject,
  id: string,
  page: Page,
): TemplateResult | typeof nothing {
  const type = numberField(input, 'type');
  const isRequired = input['required'] !== false;
  const name = textField(input, 'custom_id') ?? '';
  if (type === COMPONENT.textInput) return renderText(input, { id, name, isRequired });
  if (SELECTS.includes(type ?? 0)) return renderSelect(input, { id, name, isRequired }, page);
  switch (type) {
    case COMPONENT.fileUpload:
      return renderUpload(input, { id, name, isRequired }, page);
    case COMPONENT.radioGroup:
      return renderGroup(ownOptions(input), { type: 'radio', id, name, isRequired });
    case COMPONENT.checkboxGroup:
      return renderCheckboxes(input, { id, name, isRequired }, page);
    case COMPONENT.checkbox:
      return html`<input
        id=${id}
        name=${name}
        type="checkbox"
        ?checked=${input['default'] === true}
      />`;
    case undefined:
    default:
      return nothing;
  }
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly isRequired: boolean;
}

function allowsMany(input: ApiObject): boolean {
  return (numberField(input, 'max_values') ?? 1) > 1;
}

/** Renders a choice of files; too many or too few are refused when the form is sent. */
function renderUpload(
  input: ApiObject,
  { id, name, isRequired }: Named,
  { texts }: Page,
): TemplateResult {
  const types = listField(input, 'file_types');
  const accept = types.map((type) => (type.startsWith('.') ? type : `${type}/*`)).join(',');
  const max = numberField(input, 'max_values') ?? 1;
  const min = numberField(input, 'min_values') ?? 1;
  return html`<input
    id=${id}
    name=${name}
    type="file"
    accept=${accept === '' ? nothing : accept}
    ?multiple=${allowsMany(input)}
    ?required=${isRequired}
    @change=${({ currentTarget }: Event) => {
      if (!(currentTarget instanceof HTMLInputElement)) return;
      const count = currentTarget.files?.length ?? 0;
      currentTarget.setCustomValidity(countIssue(count, { min, max }, texts));
    }}
  />`;
}

/** Renders a checkbox group; the browser itself does not count its checks. */
function renderCheckboxes(input: ApiObject, named: Named, { texts }: Page): TemplateResult {
  const options = ownOptions(input);
  const max = numberField(input, 'max_values') ?? options.length;
  const min = numberField(input, 'min_values') ?? 1;
  const check = (group: Element): void => {
    const boxes = [...group.querySelectorAll('input')];
    const count = boxes.filter(({ checked }) => checked).length;
    const isLeftOut = count === 0 && !named.isRequired;
    boxes[0]?.setCustomValidity(isLeftOut ? '' : countIssue(count, { min, max }, texts));
  };
  return html`<div
    ${ref((element) => {
      if (element !== undefined) queueMicrotask(() => check(element));
    })}
    @change=${({ currentTarget }: Event) => {
      if (currentTarget instanceof Element) check(currentTarget);
    }}
  >
    ${renderGroup(options, { ...named, type: 'checkbox', isRequired: false })}
  </div>`;
}

function countIssue(
  count: number,
  { min, max }: { readonly min: number; readonly max: number },
  { modal }: Page['texts'],
): string {
  if (count > max) return modal.atMost(max);
  return count < min ? modal.atLeast(min) : '';
}

function renderSelect(
  input: ApiObject,
  { id, name, isRequired }: Named,
  page: Page,
): TemplateResult {
  const many = allowsMany(input);
  return html`<select id=${id} name=${name} ?multiple=${many} ?required=${isRequired}>
    ${many ? nothing : html`<option value="">${textField(input, 'placeholder') ?? page.texts.message.select}</option>`}
    ${menuOptions(input, page).map(
      ({ value, label, description, isDefault }) =>
        html`<option value=${value} ?selected=${isDefault === true}>
          ${description === undefined ? label : `${label} – ${description}`}
        </option>`,
    )}
  </select>`;
}

function renderText(input: ApiObject, { id, name, isRequired }: Named): TemplateResult {
  const common = {
    value: textField(input, 'value') ?? '',
    placeholder: textField(input, 'placeholder') ?? nothing,
    min: numberField(input, 'min_length') ?? nothing,
    max: numberField(input, 'max_length') ?? 4000,
  };
  return numberField(input, 'style') === PARAGRAPH
    ? html`<textarea
        id=${id}
        name=${name}
        rows="4"
        placeholder=${common.placeholder}
        minlength=${common.min}
        maxlength=${common.max}
        ?required=${isRequired}
        .defaultValue=${common.value}
      ></textarea>`
    : html`<input
        id=${id}
        name=${name}
        type="text"
        placeholder=${common.placeholder}
        minlength=${common.min}
        maxlength=${common.max}
        ?required=${isRequired}
        value=${common.value}
      />`;
}

function renderGroup(
  options: readonly MenuOption[],
  { type, id, name, isRequired }: Named & { readonly type: 'radio' | 'checkbox' },
): TemplateResult {
  return html`<div class="choices">
    ${options.map(
      ({ value, label, description, isDefault }, at) =>
        html`<label
          ><input
            id=${at === 0 ? id : nothing}
            type=${type}
            name=${name}
            value=${value}
            ?checked=${isDefault === true}
            ?required=${isRequired}
          />
          ${label}${description === undefined ? nothing : html` <small>${description}</small>`}</label
        >`,
    )}
  </div>`;
}
