import { COMPONENT } from '../component-types.ts';
import { LIMITS } from '../limits.ts';
import { field, listOf, textOf } from '../values.ts';
import { checkChoices } from './interactive-rules.ts';
import {
  checkInteger,
  checkList,
  checkText,
  checkTyped,
  issue,
  type Issue,
  type Path,
} from './issue.ts';

const LIMIT = LIMITS.modal;

function checkOrder(input: unknown, low: string, high: string, path: Path): Issue[] {
  const min = field(input, low);
  const max = field(input, high);
  return typeof min === 'number' && typeof max === 'number' && min > max
    ? [issue([...path, high], 'NUMBER_TYPE_MIN', `${high} must not be less than ${low}.`)]
    : [];
}

/** What is required cannot have a minimum of nothing. */
function checkRequired(input: unknown, path: Path): Issue[] {
  return field(input, 'required') !== false && field(input, 'min_values') === 0
    ? [
        issue(
          [...path, 'min_values'],
          'COMPONENT_MIN_VALUES_REQUIRED',
          'min_values must be at least 1 unless required is false',
        ),
      ]
    : [];
}

function checkCounts(input: unknown, path: Path, max: number): Issue[] {
  return [
    ...checkInteger(field(input, 'min_values'), [...path, 'min_values'], {
      min: 0,
      max,
      optional: true,
    }),
    ...checkInteger(field(input, 'max_values'), [...path, 'max_values'], {
      min: 1,
      max,
      optional: true,
    }),
    ...checkOrder(input, 'min_values', 'max_values', path),
    ...checkRequired(input, path),
  ];
}

function checkTextInput(input: unknown, path: Path): Issue[] {
  const max = LIMIT.textInput;
  return [
    ...checkInteger(field(input, 'style'), [...path, 'style'], { min: 1, max: 2 }),
    ...checkInteger(field(input, 'min_length'), [...path, 'min_length'], {
      min: 0,
      max,
      optional: true,
    }),
    ...checkInteger(field(input, 'max_length'), [...path, 'max_length'], {
      min: 1,
      max,
      optional: true,
    }),
    ...checkOrder(input, 'min_length', 'max_length', path),
    ...checkTyped(field(input, 'value'), [...path, 'value'], { max, optional: true }),
    ...checkText(field(input, 'placeholder'), [...path, 'placeholder'], {
      max: LIMIT.placeholder,
      optional: true,
    }),
  ];
}

function checkFileUpload(upload: unknown, path: Path): Issue[] {
  const types = field(upload, 'file_types');
  const at = [...path, 'file_types'];
  return [
    ...checkCounts(upload, path, LIMIT.files),
    ...checkList(types, at, { max: LIMIT.fileTypes, optional: true }),
    ...listOf(types).flatMap((type, index) =>
      /^(?:image|video|audio|\.[\w.]+)$/u.test(textOf(type) ?? '')
        ? []
        : [issue([...at, index], 'FILE_TYPE_INVALID', 'Not a file type')],
    ),
  ];
}

function checkRadioGroup(group: unknown, path: Path): Issue[] {
  const bounds = { min: LIMIT.radioOptions, max: LIMIT.groupOptions };
  return checkChoices(field(group, 'options'), [...path, 'options'], bounds);
}

function checkCheckboxGroup(group: unknown, path: Path): Issue[] {
  const max = LIMIT.groupOptions;
  return [
    ...checkChoices(field(group, 'options'), [...path, 'options'], { min: 1, max }),
    ...checkCounts(group, path, max),
  ];
}

/** Checks what a select may have in messages only. */
export function checkSelectInModal(select: unknown, path: Path): Issue[] {
  const disabled =
    field(select, 'disabled') === true
      ? [
          issue(
            [...path, 'disabled'],
            'MODAL_COMPONENT_DISABLED',
            'Components in modals cannot be disabled',
          ),
        ]
      : [];
  return [...disabled, ...checkRequired(select, path)];
}

/** Checks an input that only modals have; other components have no issues here. */
export function checkModalInput(type: unknown, input: unknown, path: Path): Issue[] {
  switch (type) {
    case COMPONENT.textInput:
      return checkTextInput(input, path);
    case COMPONENT.fileUpload:
      return checkFileUpload(input, path);
    case COMPONENT.radioGroup:
      return checkRadioGroup(input, path);
    case COMPONENT.checkboxGroup:
      return checkCheckboxGroup(input, path);
    default:
      return [];
  }
}
