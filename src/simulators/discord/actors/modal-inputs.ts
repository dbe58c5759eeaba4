import { COMPONENT, SELECTS } from '../component-types.ts';
import { LIMITS } from '../limits.ts';
import { codePoints, field, integerOf, listOf } from '../values.ts';
import type { MemberFile } from './api.ts';
import { ClientRefusal } from './context.ts';

/** What a member enters into a field of a modal; `undefined` leaves the field as it opened. */
export type InputValue = string | boolean | readonly (string | MemberFile)[] | undefined;

function markedOptions(input: unknown): string[] {
  return listOf(field(input, 'options'))
    .filter((option) => field(option, 'default') === true)
    .map((option) => String(field(option, 'value')));
}

/** Returns what the field contains when the modal opens. */
export function initialValue(input: unknown): InputValue {
  switch (field(input, 'type')) {
    case COMPONENT.textInput: {
      const value = field(input, 'value');
      return typeof value === 'string' ? value : '';
    }
    case COMPONENT.checkbox:
      return field(input, 'default') === true;
    case COMPONENT.radioGroup:
      return markedOptions(input)[0];
    case COMPONENT.fileUpload:
      return [];
    case COMPONENT.stringSelect:
    case COMPONENT.checkboxGroup:
      return markedOptions(input);
    default:
      return listOf(field(input, 'default_values')).map((value) => String(field(value, 'id')));
  }
}

function isEmpty(given: InputValue): boolean {
  return given === undefined || given === '' || (Array.isArray(given) && given.length === 0);
}

function checkLength(id: string, input: unknown, text: string): void {
  const length = codePoints(text);
  const min = integerOf(field(input, 'min_length')) ?? 0;
  const max = integerOf(field(input, 'max_length')) ?? LIMITS.modal.textInput;
  if (length < min || length > max) {
    throw new ClientRefusal(`${id}: ${length} characters, allowed ${min} to ${max}`);
  }
}

/** A checkbox group without a maximum allows all its options. */
function mostValues(input: unknown): number {
  const given = integerOf(field(input, 'max_values'));
  const isGroup = field(input, 'type') === COMPONENT.checkboxGroup;
  return given ?? (isGroup ? listOf(field(input, 'options')).length : 1);
}

function checkChosen(id: string, input: unknown, chosen: readonly unknown[]): void {
  const min = integerOf(field(input, 'min_values')) ?? 1;
  const max = mostValues(input);
  if (chosen.length < min || chosen.length > max) {
    throw new ClientRefusal(`${id}: ${chosen.length} values, allowed ${min} to ${max}`);
  }
  const options = field(input, 'options');
  const known = listOf(options).map((option) => field(option, 'value'));
  const unknown = chosen.find((value) => options !== undefined && !known.includes(value));
  if (unknown !== undefined) {
    throw new ClientRefusal(`${id}: ${JSON.stringify(unknown)} is not an option`);
  }
}

/** Checks what is in a field as Discord's client does; throws a `ClientRefusal`. */
export function checkInput(input: unknown, given: InputValue): void {
  const id = String(field(input, 'custom_id'));
  const type = field(input, 'type');
  if (type === COMPONENT.checkbox) {
    return;
  }
  if (isEmpty(given)) {
    if (field(input, 'required') !== false) {
      throw new ClientRefusal(`${id} is required`);
    }
    return;
  }
  if (type !== COMPONENT.textInput) {
    checkChosen(id, input, chosenOf(given));
  } else if (typeof given === 'string') {
    checkLength(id, input, given);
  }
}

/** Returns the chosen values or files; a single text counts as one. */
export function chosenOf(given: InputValue): readonly (string | MemberFile)[] {
  if (typeof given === 'string') {
    return [given];
  }
  return typeof given === 'object' ? given : [];
}

/** Whether a field's values are ids of users, roles or channels. */
export function holdsIds(type: unknown): boolean {
  return typeof type === 'number' && SELECTS.includes(type) && type !== COMPONENT.stringSelect;
}
