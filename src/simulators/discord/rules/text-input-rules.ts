import { LIMITS } from '../limits.ts';
import { field } from '../values.ts';
import { checkInteger, checkText, type Issue, type Path } from './issue.ts';

const LIMIT = LIMITS.modal;

export function checkTextInput(input: unknown, path: Path): Issue[] {
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
    ...checkText(field(input, 'value'), [...path, 'value'], { max, optional: true }),
    ...checkText(field(input, 'placeholder'), [...path, 'placeholder'], {
      max: LIMIT.placeholder,
      optional: true,
    }),
  ];
}

export function checkFileUpload(upload: unknown, path: Path): Issue[] {
  const max = LIMIT.files;
  return [
    ...checkInteger(field(upload, 'min_values'), [...path, 'min_values'], {
      min: 0,
      max,
      optional: true,
    }),
    ...checkInteger(field(upload, 'max_values'), [...path, 'max_values'], {
      min: 1,
      max,
      optional: true,
    }),
  ];
}
